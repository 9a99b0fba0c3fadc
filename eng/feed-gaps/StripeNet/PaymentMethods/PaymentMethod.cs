namespace Stripe;

/// <summary>What a shopper pays with. See https://docs.stripe.com/api/payment_methods/object.</summary>
public class PaymentMethod : StripeEntity, IHasId, IHasObject
{
    public string Id { get; set; }

    public string Object { get; set; }
}
