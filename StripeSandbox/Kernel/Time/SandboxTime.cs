using StripeSandbox.Books;

namespace StripeSandbox.Time;

/// <summary>
/// The sandbox's time in a test's hands: attempts expire, authorizations lapse and refunds settle when it gets there, each at its own
/// time. Webhooks are signed with the real time, for their receiver knows no other.
/// </summary>
public sealed class SandboxTime
{
    private readonly SandboxClock _clock;
    private readonly Agenda _agenda;
    private readonly SandboxBooks _books;

    internal SandboxTime(SandboxClock clock, Agenda agenda, SandboxBooks books) => (_clock, _agenda, _books) = (clock, agenda, books);

    /// <summary>The time of the sandbox, UTC.</summary>
    public DateTimeOffset Now => _clock.Now;

    /// <summary>Moves it on; what is due on the way has happened when this returns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would go back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Change(() => _agenda.Advance(by));
    }

    /// <summary>Stops it; <see cref="Advance"/> still moves it.</summary>
    public void Freeze() => Change(_clock.Freeze);

    /// <summary>Lets it run on from where it stands.</summary>
    public void Resume() => Change(_clock.Resume);

    private void Change(Action change)
    {
        change();
        _agenda.Rearm();
        using var unit = new UnitOfWork(_books, _clock.Now, null, null);
        unit.Put(_clock.Setting);
        unit.Commit();
    }
}
