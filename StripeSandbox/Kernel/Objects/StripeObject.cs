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
    private PackedVersion _version;

    protected StripeObject()
    {
    }

    /// <summary>What is made <c>with</c> changes is another version.</summary>
    protected StripeObject(StripeObject original) => (Id, Created) = (original.Id, original.Created);

    public required string Id { get; init; }

    /// <summary>Unix seconds, UTC.</summary>
    public required long Created { get; init; }

    /// <summary>Where this version is kept; not part of what it is.</summary>
    [JsonIgnore]
    internal PackedVersion Version
    {
        get => _version;
        set => _version = value;
    }

    public virtual bool Equals(StripeObject? other) =>
        other is not null && EqualityContract == other.EqualityContract && Id == other.Id && Created == other.Created;

    public override int GetHashCode() => HashCode.Combine(Id, Created);
}
