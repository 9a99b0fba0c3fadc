namespace Stripe;

/// <summary>What the shopper has to do. What it holds beside its type is between Stripe and Stripe.js.</summary>
public class PaymentIntentNextAction : StripeEntity
{
    public string Type { get; set; }
}
