namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_intents/capture.</summary>
public class PaymentIntentCaptureOptions : BaseOptions
{
    /// <summary>In minor units; all that can be captured by default.</summary>
    public long? AmountToCapture { get; set; }

    private protected override void Write(FormWriter form)
    {
        form.Add("amount_to_capture", AmountToCapture);
        base.Write(form);
    }
}
