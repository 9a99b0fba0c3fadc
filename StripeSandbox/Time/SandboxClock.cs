using StripeSandbox.Objects;

namespace StripeSandbox.Time;

/// <summary>The sandbox's time: the clock it runs on, put ahead or held still by the control surface.</summary>
internal sealed class SandboxClock(TimeProvider source)
{
    private readonly Lock gate = new();
    private TimeSpan ahead;
    private DateTimeOffset? frozenAt;

    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return frozenAt ?? source.GetUtcNow() + ahead;
        }
    }

    public long NowSeconds => Now.ToUnixTimeSeconds();

    /// <summary>
    /// The time that the rest of the world has. Webhooks are signed with it: their receiver does not know how far the
    /// sandbox was put ahead.
    /// </summary>
    public TimeProvider World => source;

    public bool IsFrozen
    {
        get
        {
            lock (gate)
                return frozenAt is not null;
        }
    }

    public ClockSetting Setting
    {
        get
        {
            lock (gate)
            {
                return new ClockSetting
                {
                    Id = ClockSetting.OnlyId,
                    Created = source.GetUtcNow().ToUnixTimeSeconds(),
                    AheadTicks = ahead.Ticks,
                    FrozenAtTicks = frozenAt?.UtcTicks,
                };
            }
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (gate)
        {
            if (frozenAt is { } stopped)
                frozenAt = stopped + by;
            else
                ahead += by;
        }
    }

    public void Freeze()
    {
        lock (gate)
            frozenAt ??= source.GetUtcNow() + ahead;
    }

    /// <summary>Runs on from where it stood still.</summary>
    public void Resume()
    {
        lock (gate)
        {
            if (frozenAt is { } stopped)
                ahead = stopped - source.GetUtcNow();
            frozenAt = null;
        }
    }

    public void Set(ClockSetting? setting)
    {
        lock (gate)
        {
            ahead = TimeSpan.FromTicks(setting?.AheadTicks ?? 0);
            frozenAt = setting?.FrozenAtTicks is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        }
    }

    public ITimer CreateTimer(Action callback) =>
        source.CreateTimer(_ => callback(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
