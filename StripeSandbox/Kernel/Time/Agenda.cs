using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace StripeSandbox.Time;

/// <summary>
/// What happens by itself when its time has come. Runs on a timer, and before every request, so that no answer shows
/// a state that time has overtaken.
/// </summary>
internal sealed partial class Agenda : IDisposable
{
    private static readonly long Forever = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    // A timer takes 49 days at most; one that fires early finds nothing due and is set again.
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<string, long> _due = new();
    private readonly SandboxBooks _books;
    private readonly SandboxClock _clock;
    private readonly IDeadlines _deadlines;
    private readonly ILogger<Agenda> _logger;
    private readonly ITimer _timer;
    private long _next = long.MaxValue;

    public Agenda(SandboxBooks books, SandboxClock clock, IDeadlines deadlines, ILogger<Agenda> logger)
    {
        _books = books;
        _clock = clock;
        _deadlines = deadlines;
        _logger = logger;
        _timer = clock.CreateTimer(RunOnTimer);
        books.Changed += Note;
    }

    /// <summary>Starts over with what the books hold now.</summary>
    public void Rebuild()
    {
        lock (_gate)
        {
            _due.Clear();
            SetNext(long.MaxValue);
        }

        foreach (var value in _books.Everything())
            Note(value);
    }

    public void RunDue()
    {
        var now = _clock.Now;
        if (now.ToUnixTimeSeconds() < Volatile.Read(ref _next))
            return;
        while (TakeDue(now.ToUnixTimeSeconds()) is { } id)
            Run(id, now);
        Rearm();
    }

    /// <summary>Moves the clock on, and stops wherever something is due, so that it happens at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        while (DateTimeOffset.FromUnixTimeSeconds(Math.Min(Volatile.Read(ref _next), Forever)) - _clock.Now is var step && step <= by)
        {
            step = Positive(step);
            _clock.Advance(step);
            by -= step;
            RunDue();
        }

        _clock.Advance(by);
        Rearm();
    }

    /// <summary>Sets the timer again after the clock was frozen or let go.</summary>
    public void Rearm()
    {
        lock (_gate)
            SetNext(_next);
    }

    public void Dispose() => _timer.Dispose();

    private void Note(StripeObject changed)
    {
        if (_deadlines.Of(changed) is not { } deadline)
            return;
        lock (_gate)
        {
            _due.Enqueue(changed.Id, deadline);
            if (deadline < _next)
                SetNext(deadline);
        }
    }

    private string? TakeDue(long now)
    {
        lock (_gate)
        {
            if (!_due.TryPeek(out var id, out var deadline) || deadline > now)
                return null;
            _due.Dequeue();
            // The timer is set once all that is due has been taken, not for each.
            Volatile.Write(ref _next, _due.TryPeek(out _, out var following) ? following : long.MaxValue);
            return id;
        }
    }

    private void SetNext(long deadline)
    {
        Volatile.Write(ref _next, deadline);
        var wait = deadline == long.MaxValue || _clock.IsFrozen
            ? Timeout.InfiniteTimeSpan
            : Positive(DateTimeOffset.FromUnixTimeSeconds(deadline) - _clock.Now);
        _timer.Change(wait > MaxWait ? MaxWait : wait, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private void Run(string id, DateTimeOffset now)
    {
        using var unit = new UnitOfWork(_books, now, null, null);
        _deadlines.Run(unit, id);
        unit.Commit();
    }

    private void RunOnTimer()
    {
        try
        {
            RunDue();
            Rearm();
        }
#pragma warning disable CA1031 // An exception on a timer would end the process, and the sandbox with it.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            Log.Failed(_logger, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Scheduled work failed")]
        public static partial void Failed(ILogger logger, Exception problem);
    }
}
