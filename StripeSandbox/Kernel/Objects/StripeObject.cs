using System.Text.Json.Serialization;

namespace StripeSandbox.Objects;

/// <summary>
/// Anything with an id. Records are immutable: a change is a new record, and an event can hold the old one for ever.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(PaymentIntent), "intent")]
[JsonDerivedType(typeof(SetupIntent), "setup")]
[JsonDerivedType(typeof(SetupAttempt), "setup_attempt")]
[JsonDerivedType(typeof(PaymentMethod), "method")]
[JsonDerivedType(typeof(Charge), "charge")]
[JsonDerivedType(typeof(Challenge), "challenge")]
[JsonDerivedType(typeof(Customer), "customer")]
[JsonDerivedType(typeof(Refund), "refund")]
[JsonDerivedType(typeof(Dispute), "dispute")]
[JsonDerivedType(typeof(EarlyFraudWarning), "fraud_warning")]
[JsonDerivedType(typeof(BalanceTransaction), "balance")]
[JsonDerivedType(typeof(Event), "event")]
[JsonDerivedType(typeof(WebhookEndpoint), "endpoint")]
[JsonDerivedType(typeof(Delivery), "delivery")]
[JsonDerivedType(typeof(ClockSetting), "clock")]
[JsonDerivedType(typeof(Installation), "installation")]
internal abstract record StripeObject
{
    public required string Id { get; init; }

    /// <summary>Unix seconds, UTC.</summary>
    public required long Created { get; init; }
}
