namespace StripeSandbox.Objects;

/// <summary>https://docs.stripe.com/api/radar/early_fraud_warnings/object</summary>
internal sealed record EarlyFraudWarning : StripeObject
{
    public required string Charge { get; init; }

    public required string PaymentIntent { get; init; }
}
