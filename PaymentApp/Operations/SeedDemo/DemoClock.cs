namespace PaymentApp.Operations.SeedDemo;

/// <summary>A clock that is put on by hand, and goes on from there.</summary>
/// <param name="start">What it shows at first.</param>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private long _aheadTicks = (start - System.GetUtcNow()).Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _aheadTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadTicks, by.Ticks);

    /// <summary>Puts it on to a moment; a moment that has passed changes nothing.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        if (moment - GetUtcNow() is var by && by > TimeSpan.Zero)
            Advance(by);
    }
}
