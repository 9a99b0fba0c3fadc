using System.Diagnostics.Metrics;

namespace PaymentApp.Payments;

/// <summary>What an operator watches. The meter is called <see cref="MeterName"/>.</summary>
internal sealed class PaymentMetrics
{
    public const string MeterName = "PaymentApp.Payments";

    private readonly Counter<long> _limited;

    public PaymentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _limited = meter.CreateCounter<long>("payments.attempts.limited", "{attempt}", "Attempts to pay that a limit refused, by limit");
    }

    /// <param name="by"><c>order</c>, <c>address</c> or <c>overall</c>.</param>
    public void Limited(string by) => _limited.Add(1, new KeyValuePair<string, object?>("limit", by));
}
