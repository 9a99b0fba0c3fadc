using StripeSandbox.Objects;

namespace StripeSandbox.Time;

/// <summary>The sandbox's time: the clock it runs on, put ahead or held still by the control surface.</summary>
internal sealed class SandboxClock(TimeProvider source)
{
    private readonly Lock _gate = new();

    // Replaced as a whole: every request reads it, without a lock.
    private Hands _hands = new(TimeSpan.Zero, null);

    public DateTimeOffset Now => TimeOf(Volatile.Read(ref _hands));

    public long NowSeconds => Now.ToUnixTimeSeconds();

    /// <summary>
    /// The time that the rest of the world has. Webhooks are signed with it: their receiver does not know how far the
    /// sandbox was put ahead.
    /// </summary>
    public TimeProvider World => source;

    public bool IsFrozen => Volatile.Read(ref _hands).FrozenAt is not null;

    public ClockSetting Setting
    {
        get
        {
            var now = Volatile.Read(ref _hands);
            return new ClockSetting
            {
                Id = ClockSetting.OnlyId,
                Created = source.GetUtcNow().ToUnixTimeSeconds(),
                AheadTicks = now.Ahead.Ticks,
                FrozenAtTicks = now.FrozenAt?.UtcTicks,
            };
        }
    }

    public void Advance(TimeSpan by) =>
        Change(old => old.FrozenAt is { } stopped ? old with { FrozenAt = stopped + by } : old with { Ahead = old.Ahead + by });

    public void Freeze() => Change(old => old with { FrozenAt = TimeOf(old) });

    /// <summary>Runs on from where it stood still.</summary>
    public void Resume() => Change(old => old.FrozenAt is { } stopped ? new Hands(stopped - source.GetUtcNow(), null) : old);

    public void Set(ClockSetting? setting) => Change(_ => new Hands(
        TimeSpan.FromTicks(setting?.AheadTicks ?? 0),
        setting?.FrozenAtTicks is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null));

    public ITimer CreateTimer(Action callback) =>
        source.CreateTimer(_ => callback(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private DateTimeOffset TimeOf(Hands hands) => hands.FrozenAt ?? source.GetUtcNow() + hands.Ahead;

    private void Change(Func<Hands, Hands> change)
    {
        lock (_gate)
            Volatile.Write(ref _hands, change(_hands));
    }

    private sealed record Hands(TimeSpan Ahead, DateTimeOffset? FrozenAt);
}
