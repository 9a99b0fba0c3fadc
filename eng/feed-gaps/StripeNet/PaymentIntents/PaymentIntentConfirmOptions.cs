namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_intents/confirm.</summary>
public class PaymentIntentConfirmOptions : BaseOptions
{
    private Tracked<string> receiptEmail;
    private Tracked<string> setupFutureUsage;

    public string CaptureMethod { get; set; }

    public bool? ErrorOnRequiresAction { get; set; }

    public bool? OffSession { get; set; }

    public string PaymentMethod { get; set; }

    public List<string> PaymentMethodTypes { get; set; }

    /// <summary>Assigning null clears it at Stripe.</summary>
    public string ReceiptEmail
    {
        get => receiptEmail.Value;
        set => receiptEmail = value;
    }

    public string ReturnUrl { get; set; }

    /// <summary>Assigning null clears it at Stripe.</summary>
    public string SetupFutureUsage
    {
        get => setupFutureUsage.Value;
        set => setupFutureUsage = value;
    }

    public bool? UseStripeSdk { get; set; }

    private protected override void Write(FormWriter form)
    {
        form.Add("capture_method", CaptureMethod);
        form.Add("error_on_requires_action", ErrorOnRequiresAction);
        form.Add("off_session", OffSession);
        form.Add("payment_method", PaymentMethod);
        form.Add("payment_method_types", PaymentMethodTypes);
        form.Add("receipt_email", receiptEmail);
        form.Add("return_url", ReturnUrl);
        form.Add("setup_future_usage", setupFutureUsage);
        form.Add("use_stripe_sdk", UseStripeSdk);
        base.Write(form);
    }
}
