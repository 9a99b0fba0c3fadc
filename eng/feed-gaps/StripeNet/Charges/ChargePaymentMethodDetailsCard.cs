namespace Stripe;

public class ChargePaymentMethodDetailsCard : StripeEntity
{
    public string Brand { get; set; }

    public string Country { get; set; }

    public long ExpMonth { get; set; }

    public long ExpYear { get; set; }

    public string Funding { get; set; }

    public string Last4 { get; set; }
}
