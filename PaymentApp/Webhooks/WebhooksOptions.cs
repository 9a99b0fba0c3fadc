using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Webhooks;

/// <summary>How the shop comes to know what happens at Stripe. Section <c>Webhooks</c>.</summary>
internal sealed class WebhooksOptions
{
    public const string Section = "Webhooks";

    /// <summary>Whether Stripe tells, or is asked only.</summary>
    [EnumDataType(typeof(WebhookMode), ErrorMessage = "Webhooks:Mode is Listen or FetchOnly.")]
    public WebhookMode Mode { get; set; } = WebhookMode.Listen;

    /// <summary>How often Stripe is asked for events that no webhook brought.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "7.00:00:00", ErrorMessage = "Webhooks:CatchUpEvery is between five seconds and seven days.")]
    public TimeSpan CatchUpEvery { get; set; } = TimeSpan.FromMinutes(3);
}

internal enum WebhookMode
{
    /// <summary>Takes webhooks, and fetches what they did not bring.</summary>
    Listen,

    /// <summary>Fetches every event: for a shop that Stripe cannot reach. There is no endpoint, and no secret is needed.</summary>
    FetchOnly,
}
