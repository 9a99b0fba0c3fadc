using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace StripeSandbox.Time;

/// <summary>
/// What happens by itself when its time has come. Runs on a timer, and before every request, so that no answer shows
/// a state that time has overtaken.
/// </summary>
internal sealed class Agenda : IDisposable
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<string, long> due = new();
    private readonly SandboxBooks books;
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private long next = long.MaxValue;

    public Agenda(SandboxBooks books, TimeProvider clock)
    {
        this.books = books;
        this.clock = clock;
        timer = clock.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        books.Changed += Note;
    }

    public void RunDue()
    {
        var now = clock.GetUtcNow();
        while (now.ToUnixTimeSeconds() >= Volatile.Read(ref next) && TakeDue(now) is { } id)
            Run(id, now);
    }

    public void Dispose() => timer.Dispose();

    private void Note(StripeObject changed)
    {
        if (Deadlines.Of(changed) is { } deadline)
            Schedule(changed.Id, deadline);
    }

    private void Schedule(string id, long deadline)
    {
        lock (gate)
        {
            due.Enqueue(id, deadline);
            if (deadline < next)
                SetNext(deadline);
        }
    }

    private string? TakeDue(DateTimeOffset now)
    {
        lock (gate)
        {
            if (!due.TryPeek(out var id, out var deadline) || deadline > now.ToUnixTimeSeconds())
                return null;
            due.Dequeue();
            SetNext(due.TryPeek(out _, out var next) ? next : long.MaxValue);
            return id;
        }
    }

    private void SetNext(long deadline)
    {
        Volatile.Write(ref next, deadline);
        if (deadline == long.MaxValue)
            return;
        var wait = DateTimeOffset.FromUnixTimeSeconds(deadline) - clock.GetUtcNow();
        timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Run(string id, DateTimeOffset now)
    {
        using var unit = new UnitOfWork(books, now, null, null);
        Deadlines.Run(unit, id);
        unit.Commit();
    }
}
