using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Payments;

/// <summary>What one shop's metric of its limits counts.</summary>
internal sealed class LimitRefusals : IDisposable
{
    private readonly MeterListener _listener = new();

    public LimitRefusals(ManualShop shop)
    {
        var factory = shop.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Name == "payments.attempts.limited" && instrument.Meter.Scope == factory)
                _listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => By.AddRange(Enumerable.Repeat((string)tags[0].Value!, (int)count)));
        _listener.Start();
    }

    public List<string> By { get; } = [];

    public void Dispose() => _listener.Dispose();
}
