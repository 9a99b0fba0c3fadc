using Microsoft.EntityFrameworkCore;
using PaymentApp.Webhooks;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IWebhookInbox"/>
internal sealed class WebhookInbox(IDbContextFactory<LedgerContext> contexts, TimeProvider clock) : IWebhookInbox
{
    private const int MostTries = 12;
    private const int LongestError = 400;

    // Longer than one event takes with all its retries; after it, another instance may take the event over.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task StoreAsync(WebhookEvent received, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Inbox.Add(new InboxRow
        {
            EventId = received.Id,
            Type = received.Type,
            ObjectId = received.ObjectId,
            IntentId = received.Intent,
            ReceivedAt = Now,
            NextTryAt = Now,
        });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException duplicate) when (LedgerDatabase.IsUniqueViolation(duplicate))
        {
            // Stripe sends an event again when it did not hear our answer to the first one.
        }
    }

    public async Task<WaitingEvent?> ClaimAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var now = Now;
            var row = await context.Inbox.AsNoTracking()
                .Where(waiting => waiting.Status == InboxStatus.Waiting && waiting.NextTryAt <= now)
                .OrderBy(waiting => waiting.NextTryAt).ThenBy(waiting => waiting.EventId).FirstOrDefaultAsync(cancellationToken);
            if (row is null)
                return null;

            var won = await context.Inbox
                .Where(mine => mine.EventId == row.EventId && mine.Status == InboxStatus.Waiting && mine.NextTryAt == row.NextTryAt)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(mine => mine.NextTryAt, now + Lease).SetProperty(mine => mine.Tries, row.Tries + 1), cancellationToken);
            if (won == 1)
                return new WaitingEvent(row.EventId, row.Type, row.ObjectId, row.IntentId, row.Tries + 1);
        }
    }

    public async Task<DateTime?> NextDueAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Inbox.Where(row => row.Status == InboxStatus.Waiting)
            .MinAsync(row => (DateTime?)row.NextTryAt, cancellationToken);
    }

    public async Task EndAsync(WaitingEvent handled, WebhookResult result, CancellationToken cancellationToken = default)
    {
        var (status, error) = result switch
        {
            WebhookResult.Done => (InboxStatus.Done, null),
            WebhookResult.Ignored => (InboxStatus.Ignored, null),
            WebhookResult.Poison { Error: var why } => (InboxStatus.Parked, why),
            WebhookResult.TryAgain { Error: var why } when handled.Tries >= MostTries => (InboxStatus.Parked, why),
            WebhookResult.TryAgain { Error: var why } => (InboxStatus.Waiting, why),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
        var now = Now;
        var next = now + Wait(handled.Tries);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // The number of tries tells this claim from one that took over after the lease.
        await context.Inbox.Where(row => row.EventId == handled.EventId && row.Status == InboxStatus.Waiting && row.Tries == handled.Tries).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Status, status)
                .SetProperty(row => row.Error, error == null ? null : error[..Math.Min(error.Length, LongestError)])
                .SetProperty(row => row.EndedAt, status == InboxStatus.Waiting ? null : now)
                .SetProperty(row => row.NextTryAt, next),
            cancellationToken);
    }

    public async Task<IReadOnlyList<ParkedEvent>> ParkedAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Inbox.Where(row => row.Status == InboxStatus.Parked).OrderBy(row => row.ReceivedAt)
            .Select(row => new ParkedEvent(row.EventId, row.Type, row.ObjectId, row.ReceivedAt, row.Tries, row.Error))
            .ToListAsync(cancellationToken);
    }

    public async Task<bool> ReplayAsync(string eventId, CancellationToken cancellationToken = default)
    {
        var now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Inbox.Where(row => row.EventId == eventId && row.Status == InboxStatus.Parked).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Status, InboxStatus.Waiting)
                .SetProperty(row => row.Tries, 0)
                .SetProperty(row => row.EndedAt, (DateTime?)null)
                .SetProperty(row => row.NextTryAt, now),
            cancellationToken) == 1;
    }

    private static TimeSpan Wait(int tries) =>
        FirstWait * Math.Pow(2, Math.Min(tries - 1, 16)) is var wait && wait < LongestWait ? wait : LongestWait;
}
