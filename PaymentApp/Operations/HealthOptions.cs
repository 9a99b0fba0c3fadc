using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Operations;

/// <summary>How the shop ends. Section <c>Health</c>.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Health";

    /// <summary>How long the shop still serves after it was told to stop, while <c>/readyz</c> sends new visitors elsewhere.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ErrorMessage = "Health:DrainFor is at most five minutes.")]
    public TimeSpan DrainFor { get; set; } = TimeSpan.Zero;
}
