namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_intents/create.</summary>
public class PaymentIntentCreateOptions : BaseOptions
{
    /// <summary>In minor units.</summary>
    public long? Amount { get; set; }

    public string CaptureMethod { get; set; }

    public bool? Confirm { get; set; }

    public string ConfirmationMethod { get; set; }

    public string Currency { get; set; }

    public string Customer { get; set; }

    public string Description { get; set; }

    public bool? ErrorOnRequiresAction { get; set; }

    public Dictionary<string, string> Metadata { get; set; }

    public bool? OffSession { get; set; }

    public string PaymentMethod { get; set; }

    public List<string> PaymentMethodTypes { get; set; }

    public string ReceiptEmail { get; set; }

    public string ReturnUrl { get; set; }

    public string SetupFutureUsage { get; set; }

    public ChargeShippingOptions Shipping { get; set; }

    public string StatementDescriptorSuffix { get; set; }

    public bool? UseStripeSdk { get; set; }

    private protected override void Write(FormWriter form)
    {
        form.Add("amount", Amount);
        form.Add("capture_method", CaptureMethod);
        form.Add("confirm", Confirm);
        form.Add("confirmation_method", ConfirmationMethod);
        form.Add("currency", Currency);
        form.Add("customer", Customer);
        form.Add("description", Description);
        form.Add("error_on_requires_action", ErrorOnRequiresAction);
        form.Add("metadata", Metadata);
        form.Add("off_session", OffSession);
        form.Add("payment_method", PaymentMethod);
        form.Add("payment_method_types", PaymentMethodTypes);
        form.Add("receipt_email", ReceiptEmail);
        form.Add("return_url", ReturnUrl);
        form.Add("setup_future_usage", SetupFutureUsage);
        form.Add("shipping", Shipping);
        form.Add("statement_descriptor_suffix", StatementDescriptorSuffix);
        form.Add("use_stripe_sdk", UseStripeSdk);
        base.Write(form);
    }
}
