using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>What Stripe's errors call an object of each type: <c>No such charge: 'ch_…'</c>.</summary>
internal static class ObjectNames
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(PaymentIntent)] = "payment_intent",
        [typeof(SetupIntent)] = "setupintent",
        [typeof(SetupAttempt)] = "setup_attempt",
        [typeof(PaymentMethod)] = "PaymentMethod",
        [typeof(Customer)] = "customer",
        [typeof(Charge)] = "charge",
        [typeof(Refund)] = "refund",
        [typeof(Dispute)] = "dispute",
        [typeof(EarlyFraudWarning)] = "issuer_fraud_record",
        [typeof(BalanceTransaction)] = "balance transaction",
        [typeof(Event)] = "event",
        [typeof(WebhookEndpoint)] = "webhook endpoint",
    };

    /// <summary>What the API calls the type itself, in <c>object</c>.</summary>
    public static string? KindOf(Type type) => type == typeof(SetupIntent) ? "setup_intent"
        : type == typeof(PaymentMethod) ? "payment_method"
        : type == typeof(EarlyFraudWarning) ? "radar.early_fraud_warning"
        : Names.GetValueOrDefault(type)?.Replace(' ', '_');

    public static string Of<T>()
        where T : StripeObject =>
        Names[typeof(T)];
}
