namespace Stripe;

/// <summary>A shopper that Stripe knows. See https://docs.stripe.com/api/customers/object.</summary>
public class Customer : StripeEntity, IHasId, IHasObject
{
    public string Id { get; set; }

    public string Object { get; set; }
}
