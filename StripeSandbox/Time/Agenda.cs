using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace StripeSandbox.Time;

/// <summary>
/// What happens by itself when its time has come. Runs on a timer, and before every request, so that no answer shows
/// a state that time has overtaken.
/// </summary>
internal sealed class Agenda : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<string, long> _due = new();
    private readonly SandboxBooks _books;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _next = long.MaxValue;

    public Agenda(SandboxBooks books, TimeProvider clock)
    {
        _books = books;
        _clock = clock;
        _timer = clock.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        books.Changed += Note;
    }

    public void RunDue()
    {
        var now = _clock.GetUtcNow();
        while (now.ToUnixTimeSeconds() >= Volatile.Read(ref _next) && TakeDue(now) is { } id)
            Run(id, now);
    }

    public void Dispose() => _timer.Dispose();

    private void Note(StripeObject changed)
    {
        if (Deadlines.Of(changed) is { } deadline)
            Schedule(changed.Id, deadline);
    }

    private void Schedule(string id, long deadline)
    {
        lock (_gate)
        {
            _due.Enqueue(id, deadline);
            if (deadline < _next)
                SetNext(deadline);
        }
    }

    private string? TakeDue(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_due.TryPeek(out var id, out var deadline) || deadline > now.ToUnixTimeSeconds())
                return null;
            _due.Dequeue();
            SetNext(_due.TryPeek(out _, out var next) ? next : long.MaxValue);
            return id;
        }
    }

    private void SetNext(long deadline)
    {
        Volatile.Write(ref _next, deadline);
        if (deadline == long.MaxValue)
            return;
        var wait = DateTimeOffset.FromUnixTimeSeconds(deadline) - _clock.GetUtcNow();
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Run(string id, DateTimeOffset now)
    {
        using var unit = new UnitOfWork(_books, now, null, null);
        Deadlines.Run(unit, id);
        unit.Commit();
    }
}
