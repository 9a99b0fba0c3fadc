namespace PaymentApp.Stripe;

/// <summary>The events that this app handles, whether a webhook brings them or it fetches them; Stripe lists at most twenty types at once: https://docs.stripe.com/api/events/types.</summary>
internal static class StripeEvents
{
    /// <summary>One of them follows everything that Stripe does to a payment of its own accord, or that somebody else does.</summary>
    public static IReadOnlyList<string> Needed { get; } =
    [
        "payment_intent.amount_capturable_updated",
        "payment_intent.canceled",
        "payment_intent.payment_failed",
        "payment_intent.processing",
        "payment_intent.requires_action",
        "payment_intent.succeeded",
        "charge.captured",
        "charge.dispute.closed",
        "charge.dispute.created",
        "charge.dispute.funds_reinstated",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.expired",
        "charge.refunded",
        "radar.early_fraud_warning.created",
        "radar.early_fraud_warning.updated",
        "refund.created",
        "refund.failed",
        "refund.updated",
    ];
}
