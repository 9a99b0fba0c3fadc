namespace PaymentApp.Webhooks;

/// <summary>How far the catch-up has read Stripe's events; outlives the process.</summary>
internal interface IEventCursor
{
    /// <summary>Null before the first reading.</summary>
    Task<EventPosition?> FindAsync(CancellationToken cancellationToken = default);

    /// <summary>When the ledger's first order was placed, UTC, by the shop's clock; null where there is none.</summary>
    Task<DateTime?> FindFirstOrderAsync(CancellationToken cancellationToken = default);

    Task MoveAsync(EventPosition position, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the turn to read, of which there is one among all processes on the ledger, until the result is disposed. Null
    /// while another has it.
    /// </summary>
    Task<IAsyncDisposable?> TryTakeTurnAsync(CancellationToken cancellationToken = default);
}

/// <param name="Since">From when on events may be missing, UTC, by Stripe's clock.</param>
/// <param name="Newest">When the newest event of the reading under way was created, UTC, by Stripe's clock; null between two readings.</param>
/// <param name="After">The event that the reading under way goes on after: Stripe lists the newest first.</param>
internal sealed record EventPosition(DateTime Since, DateTime? Newest = null, string? After = null);
