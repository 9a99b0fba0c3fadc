using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Operations;

/// <summary>How the shop ends. Section <c>Health</c>.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Health";

    /// <summary>How long the shop still serves after it was told to stop, while <c>/readyz</c> sends new visitors elsewhere.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ErrorMessage = "Health:DrainFor is at most five minutes.")]
    public TimeSpan DrainFor { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// Whether new requests are answered 503 meanwhile, for a load balancer that learns from answers and sends them to another
    /// node, as nginx does. One that asks <c>/readyz</c> needs a moment to notice, in which they should be served.
    /// </summary>
    public bool RefuseWhileDraining { get; set; }
}
