using System.Diagnostics.Metrics;
using PaymentApp.Payments;

namespace PaymentApp.Webhooks;

/// <summary>How the catch-up of this process stands: what it has said, and what an operator watches.</summary>
internal sealed class CatchUpState
{
    private readonly TimeProvider _clock;
    private long _caughtUpTicks;
    private int _isAway;

    public CatchUpState(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _caughtUpTicks = clock.GetUtcNow().UtcTicks;
        meters.Create(PaymentMetrics.MeterName).CreateObservableGauge(
            "payments.events.lag", () => Lag.TotalSeconds, "s", "How long ago this process last had read all of Stripe's events, or was started");
    }

    /// <summary>How long ago all events were read.</summary>
    public TimeSpan Lag => _clock.GetUtcNow() - new DateTimeOffset(Volatile.Read(ref _caughtUpTicks), TimeSpan.Zero);

    public void CaughtUp(DateTimeOffset at) => Volatile.Write(ref _caughtUpTicks, at.UtcTicks);

    public void Reached() => Interlocked.Exchange(ref _isAway, 0);

    /// <summary>True the first time since Stripe was last reached: then it is to be logged.</summary>
    public bool Failed() => Interlocked.Exchange(ref _isAway, 1) == 0;
}
