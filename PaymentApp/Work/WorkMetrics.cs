using System.Diagnostics.Metrics;
using PaymentApp.Payments;

namespace PaymentApp.Work;

/// <summary>What an operator watches of the queue.</summary>
internal sealed class WorkMetrics
{
    private static readonly WorkKind[] Kinds = Enum.GetValues<WorkKind>();

    private readonly Counter<long> _parked;
    private readonly Histogram<double> _durations;

    public WorkMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PaymentMetrics.MeterName);
        _parked = meter.CreateCounter<long>("payments.work.parked", "{item}", "Work that was given up and waits for an operator, by kind");
        _durations = meter.CreateHistogram(
            "payments.work.duration", "s", "How long a try of a piece of work took, by kind and result", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });
        meter.CreateObservableGauge("payments.queue.age", ObserveAge, "s", "For how long the item is overdue that waits longest; 0 when none is");
        meter.CreateObservableGauge("payments.queue.parked", ObserveParked, "{item}", "How many items wait for an operator, by kind");
    }

    /// <summary>How the queue stood lately; null while nobody watches it or it could not be read.</summary>
    public QueueReading? Queue { get; set; }

    public void Parked(WorkKind kind) => _parked.Add(1, KindOf(kind));

    /// <param name="result">Null where the process stopped before there was one.</param>
    public void Handled(WorkKind kind, WorkResult? result, TimeSpan took)
    {
        if (_durations.Enabled)
            _durations.Record(took.TotalSeconds, KindOf(kind), new("work.result", WorkTracing.LabelOf(result)));
    }

    private IEnumerable<Measurement<double>> ObserveAge() => Queue is { } queue ? [new(queue.Age.TotalSeconds)] : [];

    private IEnumerable<Measurement<int>> ObserveParked() =>
        Queue is { } queue ? Kinds.Select(kind => new Measurement<int>(queue.Parked.GetValueOrDefault(kind), KindOf(kind))) : [];

    private static KeyValuePair<string, object?> KindOf(WorkKind kind) => new("work.kind", PaymentTracing.Label(kind));
}

/// <summary>How the queue stood at one moment.</summary>
/// <param name="OldestDueAt">When the item was due that is overdue longest, UTC; null when none is.</param>
/// <param name="Parked">How many items wait for an operator, by kind.</param>
internal sealed record QueueReading(DateTime? OldestDueAt, IReadOnlyDictionary<WorkKind, int> Parked, TimeProvider Clock)
{
    public TimeSpan Age => OldestDueAt is { } due && Clock.GetUtcNow().UtcDateTime - due is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero;
}
