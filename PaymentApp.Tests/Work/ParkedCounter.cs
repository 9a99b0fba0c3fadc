using System.Diagnostics.Metrics;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Work;

/// <summary>Hears what one meter factory's meters count of parked work.</summary>
internal sealed class ParkedCounter : IDisposable
{
    private readonly MeterListener _listener = new();

    public ParkedCounter(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, hearing) =>
        {
            if (instrument is { Name: "payments.work.parked", Meter.Name: PaymentMetrics.MeterName } && instrument.Meter.Scope == meters)
                hearing.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => Counts.Add(((int)count, (string?)tags[0].Value)));
        _listener.Start();
    }

    /// <summary>How many, of which kind.</summary>
    public List<(int Count, string? Kind)> Counts { get; } = [];

    public void Dispose() => _listener.Dispose();
}
