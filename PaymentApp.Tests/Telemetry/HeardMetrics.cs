using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace PaymentApp.Tests.Telemetry;

/// <summary>Hears what one shop's own meters measure, and nobody else's of this process.</summary>
internal sealed class HeardMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<HeardPoint> _points = new();

    public HeardMetrics(IServiceProvider services)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, hearing) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name.StartsWith("PaymentApp.", StringComparison.Ordinal))
                hearing.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What an instrument has measured so far, in order.</summary>
    public IReadOnlyList<HeardPoint> Of(string name) => [.. _points.Where(point => point.Name == name)];

    /// <summary>What an instrument measures when it is asked now.</summary>
    public IReadOnlyList<HeardPoint> Observe(string name)
    {
        var before = Of(name).Count;
        _listener.RecordObservableInstruments();
        return [.. Of(name).Skip(before)];
    }

    public void Dispose() => _listener.Dispose();

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _points.Enqueue(new HeardPoint(instrument.Name, value, tags.ToArray().ToDictionary()));
}

internal sealed record HeardPoint(string Name, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    public object? this[string tag] => Tags[tag];
}
