using Microsoft.Extensions.Time.Testing;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>The clock of somebody who has nothing else to do: to wait moves time on, and everybody else's with it.</summary>
internal sealed class EagerClock(FakeTimeProvider clock) : TimeProvider
{
    private volatile bool _isPatient;

    /// <summary>Whether it waits after all, until the test moves time on.</summary>
    public bool IsPatient
    {
        get => _isPatient;
        set => _isPatient = value;
    }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && !IsPatient)
            clock.Advance(dueTime);
        return timer;
    }
}
