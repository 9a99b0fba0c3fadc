using PaymentApp.Payments;

namespace PaymentApp.Work;

/// <summary>
/// The durable queue of everything that is done later: each item is done at least once, by one worker at a time, however
/// many processes share the ledger.
/// </summary>
internal interface IWorkQueue
{
    /// <summary>
    /// Has something done at a time. An item of this kind and subject that waits keeps the earlier of both times; one that
    /// was done or parked is opened again.
    /// </summary>
    /// <param name="dueAt">UTC.</param>
    Task ScheduleAsync(WorkKind kind, string subject, DateTime dueAt, CancellationToken cancellationToken = default);

    /// <summary>Takes items that are due, those that wait longest first; nobody else gets them until the lease ends.</summary>
    Task<IReadOnlyList<WorkItem>> ClaimAsync(int most, CancellationToken cancellationToken = default);

    /// <summary>Writes down how an item came out. False, and nothing is changed, when another worker has taken it over.</summary>
    Task<bool> CompleteAsync(WorkItem item, WorkResult result, CancellationToken cancellationToken = default);

    /// <summary>Gives an item back that was not done, so that the next worker need not wait for the lease to end.</summary>
    Task ReleaseAsync(WorkItem item, CancellationToken cancellationToken = default);

    /// <summary>When the next item is due that nobody works on, UTC; null while none waits.</summary>
    Task<DateTime?> NextDueAsync(CancellationToken cancellationToken = default);

    /// <summary>Since when the item waits that is overdue longest, UTC; null when none is overdue.</summary>
    Task<DateTime?> OldestWaitingAsync(CancellationToken cancellationToken = default);

    /// <summary>What an operator has to look at, oldest first.</summary>
    Task<IReadOnlyList<ParkedWork>> ParkedAsync(int most, CancellationToken cancellationToken = default);

    /// <summary>How many items wait for an operator, by kind; a kind of which none waits is left out.</summary>
    Task<IReadOnlyDictionary<WorkKind, int>> CountParkedAsync(CancellationToken cancellationToken = default);

    /// <summary>Has a parked item tried again at once. False when it is not parked.</summary>
    Task<bool> ReplayAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>Deletes what was done long ago; returns how many items.</summary>
    Task<int> DeleteDoneAsync(CancellationToken cancellationToken = default);
}
