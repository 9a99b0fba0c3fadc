using System.Text.Json.Serialization;

namespace StripeSandbox.Objects;

internal enum ChallengeState
{
    Pending,
    Succeeded,
    Failed,

    /// <summary>Another confirm, a cancel or the hour took its place.</summary>
    Superseded,
}

/// <summary>The bank's question to the shopper: Stripe's <c>three_d_secure_2_source</c>.</summary>
internal sealed record Challenge : StripeObject
{
    /// <summary>The intent that waits for the answer. Data files know it by the name it had when only payments did.</summary>
    [JsonPropertyName("PaymentIntent")]
    public required string Intent { get; init; }

    public ChallengeState State { get; init; }
}
