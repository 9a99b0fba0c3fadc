using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Queries;
using PaymentApp.Ledger.Postgres;
using PaymentApp.Webhooks;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IEventCursor"/>
internal sealed class EventCursor(IDbContextFactory<LedgerContext> contexts) : IEventCursor
{
    public async Task<EventPosition?> FindAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.EventCursor.Where(row => row.Id == EventCursorRow.OnlyId)
            .Select(row => new EventPosition(row.Since, row.Newest, row.After)).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<DateTime?> FindFirstOrderAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Payments.MinAsync(payment => (long?)payment.PlacedKey, cancellationToken) is { } first ? PlacedKey.MomentOf(first) : null;
    }

    public async Task MoveAsync(EventPosition position, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.EventCursor.FindAsync([EventCursorRow.OnlyId], cancellationToken) is { } row)
            (row.Since, row.Newest, row.After) = (position.Since, position.Newest, position.After);
        else
            context.EventCursor.Add(new EventCursorRow { Since = position.Since, Newest = position.Newest, After = position.After });
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task<IAsyncDisposable?> TryTakeTurnAsync(CancellationToken cancellationToken = default)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken);
        // One process works on a SQLite ledger, and the lease of the one work item is turn enough.
        return context.Database.IsNpgsql() ? await PostgresCatchUpTurn.TryTakeAsync(context, cancellationToken) : context;
    }
}
