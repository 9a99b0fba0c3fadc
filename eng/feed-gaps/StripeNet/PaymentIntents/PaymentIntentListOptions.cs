namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_intents/list.</summary>
public class PaymentIntentListOptions : ListOptions
{
    /// <summary>A time, or a span of time, in UTC.</summary>
    public AnyOf<DateTime?, DateRangeOptions> Created { get; set; }

    public string Customer { get; set; }

    private protected override void Write(FormWriter form)
    {
        form.Add("created", Created);
        form.Add("customer", Customer);
        base.Write(form);
    }
}
