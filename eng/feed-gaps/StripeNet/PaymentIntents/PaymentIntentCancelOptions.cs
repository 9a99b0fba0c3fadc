namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_intents/cancel.</summary>
public class PaymentIntentCancelOptions : BaseOptions
{
    /// <summary><c>duplicate</c>, <c>fraudulent</c>, <c>requested_by_customer</c> or <c>abandoned</c>.</summary>
    public string CancellationReason { get; set; }

    private protected override void Write(FormWriter form)
    {
        form.Add("cancellation_reason", CancellationReason);
        base.Write(form);
    }
}
