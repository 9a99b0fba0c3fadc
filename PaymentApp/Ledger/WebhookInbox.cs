using Microsoft.EntityFrameworkCore;
using PaymentApp.Payments;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IWebhookInbox"/>
internal sealed class WebhookInbox(IDbContextFactory<LedgerContext> contexts, TimeProvider clock, WorkSignal signal) : IWebhookInbox
{
    public async Task<bool> StoreAsync(WebhookEvent received, CancellationToken cancellationToken = default)
    {
        var now = clock.GetLedgerTime();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Inbox.Add(new InboxRow
        {
            EventId = received.Id,
            Type = received.Type,
            ObjectId = received.ObjectId,
            IntentId = received.Intent,
            ReceivedAt = now,
        });
        context.Work.Add(WorkRow.Create(WorkKind.Event, received.Id, order: null, now, now));
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

    public async Task<IReadOnlyList<WebhookEvent>> WithoutKnownAsync(
        IReadOnlyList<WebhookEvent> events, CancellationToken cancellationToken = default)
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
