using PaymentApp.Payments;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Ledger;

/// <summary>Something that is to be done, or was. One row to a kind and subject.</summary>
internal sealed class WorkRow
{
    public long Id { get; init; }

    public required WorkKind Kind { get; init; }

    public required string Subject { get; init; }

    /// <summary>The order that it is about, where one is known.</summary>
    public OrderId? OrderId { get; init; }

    public WorkStatus Status { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime DueAt { get; set; }

    /// <summary>How often it was claimed since it last went well.</summary>
    public int Tries { get; set; }

    /// <summary>When it began to fail, UTC; null while it does not.</summary>
    public DateTime? FailingSince { get; set; }

    /// <summary>The claim under way; null when nobody works on it. After the lease another claim takes its place.</summary>
    public Guid? ClaimId { get; set; }

    /// <summary>Until when nobody else may claim it, UTC.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>Counts how often it was scheduled.</summary>
    public int Revision { get; set; }

    /// <summary>When it was last scheduled, UTC.</summary>
    public required DateTime ScheduledAt { get; set; }

    /// <summary>The trace context of who scheduled it last; null where none was recorded.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Why the last try failed, or why there was nothing to do.</summary>
    public string? Note { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last completed, whatever came of it, UTC.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>What <see cref="Plan"/> sets, beside the time it ended.</summary>
    public static IReadOnlyList<string> Planned { get; } =
        [nameof(Status), nameof(DueAt), nameof(Tries), nameof(FailingSince), nameof(Note), nameof(ScheduledAt), nameof(Revision), nameof(TraceParent)];

    public static WorkRow Create(WorkKind kind, string subject, OrderId? order, DateTime dueAt, DateTime now) => new()
    {
        Kind = kind,
        Subject = subject,
        OrderId = order,
        DueAt = dueAt,
        ScheduledAt = now,
        CreatedAt = now,
        TraceParent = PaymentTracing.TraceParent,
    };

    /// <summary>Has it done at this time, whatever was planned before; null ends it. A worker that is at it goes on to its end.</summary>
    public void Plan(DateTime? dueAt, DateTime now)
    {
        (Status, DueAt) = dueAt is { } due ? (WorkStatus.Waiting, due) : (WorkStatus.Done, now);
        (Tries, FailingSince, Note) = (0, null, null);
        TraceParent = PaymentTracing.TraceParent;
        (ScheduledAt, EndedAt) = (now, dueAt is null ? now : EndedAt);
        Revision++;
    }
}

/// <summary>An item that a worker has just claimed.</summary>
/// <param name="WasLost">Whether the worker that had it before did not come to an end.</param>
/// <param name="FailingSince">When it began to fail, UTC; null while it does not.</param>
internal sealed record ClaimedWork(WorkItem Item, bool WasLost, DateTime? FailingSince);

/// <summary>How far a piece of work has come.</summary>
internal enum WorkStatus
{
    Waiting,
    Done,

    /// <summary>Given up: an operator has to look, and can have it tried again.</summary>
    Parked,
}

/// <summary>How the events of one source came lately.</summary>
internal sealed class EventSourceRow
{
    public required EventSource Source { get; init; }

    /// <summary>When it last went well, UTC; null if never.</summary>
    public DateTime? LastAt { get; set; }

    /// <summary>How many events it brought then.</summary>
    public int LastCount { get; set; }

    /// <summary>When it last brought an event that the shop did not have, UTC; null if never.</summary>
    public DateTime? LastNewAt { get; set; }

    /// <summary>Since when it has failed without a success in between, UTC; null while it does not.</summary>
    public DateTime? FailingSince { get; set; }

    /// <summary>Why it fails, in a code or a few words.</summary>
    public string? Error { get; set; }
}

/// <summary>How far the catch-up has read Stripe's events.</summary>
internal sealed class EventCursorRow
{
    /// <summary>There is one.</summary>
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>From when on events may be missing, UTC, by Stripe's clock.</summary>
    public required DateTime Since { get; set; }

    /// <summary>When the newest event of the reading under way was created, UTC, by Stripe's clock; null between two readings.</summary>
    public DateTime? Newest { get; set; }

    /// <summary>The event that the reading under way goes on after.</summary>
    public string? After { get; set; }
}
