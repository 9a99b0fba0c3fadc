namespace Stripe;

/// <summary>Which page of a list. See https://docs.stripe.com/api/pagination.</summary>
public class ListOptions : BaseOptions
{
    /// <summary>Objects a page, 1 to 100; 10 by default.</summary>
    public long? Limit { get; set; }

    public string StartingAfter { get; set; }

    public string EndingBefore { get; set; }

    internal ListOptions Copy() => (ListOptions)Clone();

    private protected override void Write(FormWriter form)
    {
        form.Add("limit", Limit);
        form.Add("starting_after", StartingAfter);
        form.Add("ending_before", EndingBefore);
        base.Write(form);
    }
}
