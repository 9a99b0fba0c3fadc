namespace Stripe;

/// <summary>What was charged, as it was at that time.</summary>
public class ChargePaymentMethodDetails : StripeEntity
{
    public ChargePaymentMethodDetailsCard Card { get; set; }

    public string Type { get; set; }
}
