namespace Stripe;

/// <summary>A span of time, in UTC, sent as unix seconds.</summary>
public class DateRangeOptions : INestedOptions
{
    public DateTime? GreaterThan { get; set; }

    public DateTime? GreaterThanOrEqual { get; set; }

    public DateTime? LessThan { get; set; }

    public DateTime? LessThanOrEqual { get; set; }

    void INestedOptions.Write(FormWriter form)
    {
        form.Add("gt", GreaterThan);
        form.Add("gte", GreaterThanOrEqual);
        form.Add("lt", LessThan);
        form.Add("lte", LessThanOrEqual);
    }
}
