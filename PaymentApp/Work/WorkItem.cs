namespace PaymentApp.Work;

/// <summary>A piece of work as one worker has claimed it.</summary>
/// <param name="Subject">What it is about; unique within its kind.</param>
/// <param name="ClaimId">This claim, and no other of the same item.</param>
/// <param name="Revision">Counts how often the item was scheduled: who completes it ends nothing that was asked for meanwhile.</param>
/// <param name="Tries">How often it was tried since it last went well, this time included.</param>
/// <param name="LastEndedAt">When it was last completed, whatever came of it, UTC; null if never.</param>
internal sealed record WorkItem(
    long Id, WorkKind Kind, string Subject, Guid ClaimId, int Revision, int Tries, DateTime? LastEndedAt)
{
    /// <summary>The trace context of who scheduled it; null where none was recorded.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What a log may call it.</summary>
    public string LogName => LogNameOf(Kind, Subject, Id);

    /// <summary>The subject, or the item's own number where the subject is an order's id, which guards the order.</summary>
    public static string LogNameOf(WorkKind kind, string subject, long id) =>
        kind is WorkKind.Event or WorkKind.CatchUp or WorkKind.Notices ? subject : $"#{id}";
}

/// <summary>Work that was tried for days, or that cannot go well: an operator has to look.</summary>
/// <param name="OrderNumber">The order that it is about, where one is known.</param>
/// <param name="Since">When it began to fail, UTC.</param>
internal sealed record ParkedWork(long Id, WorkKind Kind, string Subject, string? OrderNumber, string? Error, int Tries, DateTime Since);
