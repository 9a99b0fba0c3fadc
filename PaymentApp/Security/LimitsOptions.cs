using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Security;

/// <summary>How much one visitor may hold. Section <c>Limits</c>.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>How many pages with a connection one address may have open at one node, such as a form, an unfinished order or a page of the desk; an office or a mobile network may share an address.</summary>
    [Range(1, Limits.OpenCircuits, ErrorMessage = "Limits:CircuitsPerAddress is how many open pages one address may have: one to 5000.")]
    public int CircuitsPerAddress { get; set; } = 100;
}
