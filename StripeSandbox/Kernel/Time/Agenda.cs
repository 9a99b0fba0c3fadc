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

    private readonly Lock gate = new();
    private readonly PriorityQueue<string, long> due = new();
    private readonly SandboxBooks books;
    private readonly SandboxClock clock;
    private readonly IDeadlines deadlines;
    private readonly ILogger<Agenda> logger;
    private readonly ITimer timer;
    private long next = long.MaxValue;

    public Agenda(SandboxBooks books, SandboxClock clock, IDeadlines deadlines, ILogger<Agenda> logger)
    {
        this.books = books;
        this.clock = clock;
        this.deadlines = deadlines;
        this.logger = logger;
        timer = clock.CreateTimer(RunOnTimer);
        books.Changed += Note;
    }

    /// <summary>Starts over with what the books hold now.</summary>
    public void Rebuild()
    {
        lock (gate)
        {
            due.Clear();
            SetNext(long.MaxValue);
        }

        foreach (var value in books.Everything())
            Note(value);
    }

    public void RunDue()
    {
        var now = clock.Now;
        if (now.ToUnixTimeSeconds() < Volatile.Read(ref next))
            return;
        while (TakeDue(now.ToUnixTimeSeconds()) is { } id)
            Run(id, now);
        Rearm();
    }

    /// <summary>Moves the clock on, and stops wherever something is due, so that it happens at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        while (DateTimeOffset.FromUnixTimeSeconds(Math.Min(Volatile.Read(ref next), Forever)) - clock.Now is var step && step <= by)
        {
            step = Positive(step);
            clock.Advance(step);
            by -= step;
            RunDue();
        }

        clock.Advance(by);
        Rearm();
    }

    /// <summary>Sets the timer again after the clock was frozen or let go.</summary>
    public void Rearm()
    {
        lock (gate)
            SetNext(next);
    }

    public void Dispose() => timer.Dispose();

    private void Note(StripeObject changed)
    {
        if (deadlines.Of(changed) is not { } deadline)
            return;
        lock (gate)
        {
            due.Enqueue(changed.Id, deadline);
            if (deadline < next)
                SetNext(deadline);
        }
    }

    private string? TakeDue(long now)
    {
        lock (gate)
        {
            if (!due.TryPeek(out var id, out var deadline) || deadline > now)
                return null;
            due.Dequeue();
            // The timer is set once all that is due has been taken, not for each.
            Volatile.Write(ref next, due.TryPeek(out _, out var following) ? following : long.MaxValue);
            return id;
        }
    }

    private void SetNext(long deadline)
    {
        Volatile.Write(ref next, deadline);
        var wait = deadline == long.MaxValue || clock.IsFrozen
            ? Timeout.InfiniteTimeSpan
            : Positive(DateTimeOffset.FromUnixTimeSeconds(deadline) - clock.Now);
        timer.Change(wait > MaxWait ? MaxWait : wait, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private void Run(string id, DateTimeOffset now)
    {
        using var unit = new UnitOfWork(books, now, null, null);
        deadlines.Run(unit, id);
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
            Log.Failed(logger, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Scheduled work failed")]
        public static partial void Failed(ILogger logger, Exception problem);
    }
}
