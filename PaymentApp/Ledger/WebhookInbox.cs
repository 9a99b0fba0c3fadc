using Microsoft.EntityFrameworkCore;
using PaymentApp.Payments;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IWebhookInbox"/>
internal sealed class WebhookInbox(IDbContextFactory<LedgerContext> contexts, TimeProvider clock, WorkSignal signal) : IWebhookInbox
{
    public async Task<bool> StoreAsync(WebhookEvent received, CancellationToken cancellationToken = default) =>
        await TryStoreAsync([received], cancellationToken);

    public async Task<int> StoreMissingAsync(IReadOnlyList<WebhookEvent> events, CancellationToken cancellationToken = default)
    {
        var missing = await WithoutKnownAsync(events, cancellationToken);
        if (missing.Count == 0 || await TryStoreAsync(missing, cancellationToken))
            return missing.Count;

        // A webhook has brought one of them meanwhile: that one is known, and the others are not.
        var stored = 0;
        foreach (var happened in missing)
            stored += await TryStoreAsync([happened], cancellationToken) ? 1 : 0;
        return stored;
    }

    /// <summary>False where one of the events is known, and then none is kept.</summary>
    private async Task<bool> TryStoreAsync(IReadOnlyList<WebhookEvent> events, CancellationToken cancellationToken)
    {
        var now = clock.GetLedgerTime();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var (position, happened) in events.Index())
        {
            // Those of one page are looked at in its order.
            var dueAt = now.AddMicroseconds(position - (events.Count - 1));
            context.Inbox.Add(new InboxRow
            {
                EventId = happened.Id,
                Type = happened.Type,
                ObjectId = happened.ObjectId,
                IntentId = happened.Intent,
                ReceivedAt = now,
            });
            context.Work.Add(WorkRow.Create(WorkKind.Event, happened.Id, order: null, dueAt, now));
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException duplicate) when (LedgerDatabase.IsUniqueViolation(duplicate))
        {
            // Stripe sends an event again when it did not hear our answer to the first one, and lists what it has sent.
            return false;
        }

        signal.Raise();
        return true;
    }

    private async Task<IReadOnlyList<WebhookEvent>> WithoutKnownAsync(IReadOnlyList<WebhookEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(happened => happened.Id).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await context.Inbox.Where(row => ids.Contains(row.EventId)).Select(row => row.EventId).ToListAsync(cancellationToken);
        return [.. events.ExceptBy(known, happened => happened.Id)];
    }

    public async Task<StoredEvent?> FindAsync(string eventId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from row in context.Inbox
            where row.EventId == eventId
            join payment in context.Payments on row.IntentId equals payment.IntentId into payments
            from owner in payments.DefaultIfEmpty()
            select new StoredEvent(row.EventId, row.Type, row.IntentId, owner == null ? (OrderId?)null : owner.OrderId))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
