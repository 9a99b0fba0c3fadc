using System.Diagnostics;
using StripeSandbox.Api;
using StripeSandbox.Books;
using StripeSandbox.Dashboard.Display;
using StripeSandbox.Dashboard.Live;
using StripeSandbox.Faults;
using StripeSandbox.Idempotency;
using StripeSandbox.Rendering;
using StripeSandbox.Time;

namespace StripeSandbox.Dashboard.Requests;

/// <summary>
/// The last thousand requests, in memory. Every request of the API passes here, so adding one takes no lock and formats
/// nothing: the ring holds references to what the request made anyway.
/// </summary>
internal sealed class RequestLog : IRequestObserver
{
    public const int Capacity = 1024;

    private readonly LoggedRequest?[] _ring = new LoggedRequest?[Capacity];
    private readonly Secrets _secrets;
    private readonly SandboxClock _clock;
    private readonly LiveFeed _feed;
    private long _count;

    public RequestLog(Secrets secrets, SandboxClock clock, LiveFeed feed, SandboxBooks books)
    {
        _secrets = secrets;
        _clock = clock;
        _feed = feed;
        books.Cleared += () => Array.Clear(_ring);
    }

    /// <summary>How many requests there ever were.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public void Observe(HttpContext context, AnswerSender sender, Answer answer, FaultKind? fault, long started)
    {
        var failure = (sender.Reply as ErrorReply)?.Failure;
        if (failure is not null && _secrets.IsIn(failure.Message))
            failure = failure with { Message = _secrets.Mask(failure.Message) };
        Add(new LoggedRequest
        {
            Id = sender.RequestId,
            At = _clock.Now,
            Method = context.Request.Method,
            Path = Safe(context.Request.Path.Value!),
            Status = answer.Status,
            Duration = Stopwatch.GetElapsedTime(started),
            Version = sender.Version.Text,
            IdempotencyKey = sender.IdempotencyKey is { } key ? Safe(key) : null,
            ReplayOf = answer.IsReplay ? answer.RequestId : null,
            Form = KeptForm.Of(sender.Form, _secrets),
            Failure = failure,
            Result = sender.Reply switch
            {
                ErrorReply error => error.Intent,
                ObjectReply reply => reply.Object,
                _ => null,
            },
            Fault = fault,
        });
    }

    /// <summary>Those that are still known, newest first.</summary>
    public IEnumerable<LoggedRequest> NewestFirst(long? before = null)
    {
        var newest = Count;
        for (var number = Math.Min(newest, before ?? newest) - 1; number >= Math.Max(0, newest - Capacity); number--)
        {
            // A slot that another thread has taken meanwhile holds a younger request.
            if (At(number) is { } entry)
                yield return entry;
        }
    }

    /// <summary>The request of that number, if it is still known.</summary>
    public LoggedRequest? At(long number) => Volatile.Read(ref _ring[number % Capacity]) is { } entry && entry.Number == number ? entry : null;

    public LoggedRequest? Find(string id) => NewestFirst().FirstOrDefault(entry => entry.Id == id);

    private void Add(LoggedRequest entry)
    {
        entry.Number = Interlocked.Increment(ref _count) - 1;
        Volatile.Write(ref _ring[entry.Number % Capacity], entry);
        _feed.Signal();
    }

    private string Safe(string text) => _secrets.IsIn(text) ? _secrets.Mask(text) : text;
}
