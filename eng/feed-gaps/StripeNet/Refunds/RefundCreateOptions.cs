namespace Stripe;

/// <summary>See https://docs.stripe.com/api/refunds/create.</summary>
public class RefundCreateOptions : BaseOptions
{
    private Tracked<Dictionary<string, string>> metadata;

    /// <summary>In minor units; all that is left by default.</summary>
    public long? Amount { get; set; }

    public string Charge { get; set; }

    /// <summary>Assigning null clears it at Stripe.</summary>
    public Dictionary<string, string> Metadata
    {
        get => metadata.Value;
        set => metadata = value;
    }

    public string PaymentIntent { get; set; }

    /// <summary><c>duplicate</c>, <c>fraudulent</c> or <c>requested_by_customer</c>.</summary>
    public string Reason { get; set; }

    private protected override void Write(FormWriter form)
    {
        form.Add("amount", Amount);
        form.Add("charge", Charge);
        form.Add("metadata", metadata);
        form.Add("payment_intent", PaymentIntent);
        form.Add("reason", Reason);
        base.Write(form);
    }
}
