using System.Diagnostics.Metrics;
using PaymentApp.Payments;

namespace PaymentApp.Work;

/// <summary>What an operator watches of the queue.</summary>
internal sealed class WorkMetrics
{
    private readonly Counter<long> _parked;

    public WorkMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PaymentMetrics.MeterName);
        _parked = meter.CreateCounter<long>("payments.work.parked", "{item}", "Work that was given up and waits for an operator, by kind");
    }

    public void Parked(WorkKind kind) => _parked.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));
}
