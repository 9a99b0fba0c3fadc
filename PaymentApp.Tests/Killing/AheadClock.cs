namespace PaymentApp.Tests.Killing;

/// <summary>The system's clock, put ahead: what waits for minutes is due now. Timers that are set already run on as they are.</summary>
internal sealed class AheadClock(TimeSpan ahead) : TimeProvider
{
    private long _aheadTicks = ahead.Ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _aheadTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadTicks, by.Ticks);
}
