namespace PaymentApp.Stripe;

/// <summary>Where the shop takes Stripe's events: https://docs.stripe.com/webhooks.</summary>
internal static class StripeWebhooks
{
    public const string Path = "/webhooks/stripe";
}
