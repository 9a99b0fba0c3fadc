using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Queries;
using PaymentApp.Webhooks;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IParkedWork"/>
internal sealed class DeskWork(IDbContextFactory<LedgerContext> contexts, IWebhookInbox inbox, WebhookSignal signal) : IParkedWork
{
    public async Task<IReadOnlyList<ParkedWork>> ParkedAsync(int most, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Inbox.Where(row => row.Status == InboxStatus.Parked).OrderBy(row => row.NextTryAt).Take(most)
            .Select(row => new ParkedWork(row.EventId, row.Type + " " + row.ObjectId, row.ReceivedAt, row.Tries, row.Error))
            .ToListAsync(cancellationToken);
    }

    public async Task<bool> ReplayAsync(string id, CancellationToken cancellationToken = default)
    {
        if (!await inbox.ReplayAsync(id, cancellationToken))
            return false;
        signal.Raise();
        return true;
    }

    public async Task<DateTime?> OldestWaitingAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Inbox.Where(row => row.Status == InboxStatus.Waiting).MinAsync(row => (DateTime?)row.ReceivedAt, cancellationToken);
    }
}
