namespace Stripe;

/// <summary>What the bank and Stripe's risk rules said.</summary>
public class ChargeOutcome : StripeEntity
{
    public string NetworkStatus { get; set; }

    public string Reason { get; set; }

    public string RiskLevel { get; set; }

    public string SellerMessage { get; set; }

    public string Type { get; set; }
}
