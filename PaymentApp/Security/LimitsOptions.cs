using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Security;

/// <summary>How much one visitor may hold. Section <c>Limits</c>.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>How many pages with a card form one address may have open; an office or a mobile network may share an address.</summary>
    [Range(1, Limits.OpenCircuits, ErrorMessage = "Limits:CircuitsPerAddress is how many open pages one address may have: one to 5000.")]
    public int CircuitsPerAddress { get; set; } = 100;
}
