using Microsoft.EntityFrameworkCore;
using PaymentApp.Webhooks;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IEventSources"/>
internal sealed class EventSources(IDbContextFactory<LedgerContext> contexts, TimeProvider clock) : IEventSources
{
    private const int LongestError = 100;

    public async Task SucceededAsync(EventSource source, int events, bool isNew, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.EventSources.Where(row => row.Source == source).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.LastAt, now)
                .SetProperty(row => row.LastCount, events)
                .SetProperty(row => row.LastNewAt, row => isNew ? now : row.LastNewAt)
                .SetProperty(row => row.FailingSince, (DateTime?)null)
                .SetProperty(row => row.Error, (string?)null),
            cancellationToken);
        if (rows == 0)
            await AddAsync(context, new EventSourceRow { Source = source, LastAt = now, LastCount = events, LastNewAt = isNew ? now : null }, cancellationToken);
    }

    public async Task FailedAsync(EventSource source, string error, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var reason = error[..Math.Min(error.Length, LongestError)];
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.EventSources.Where(row => row.Source == source).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.FailingSince, row => row.FailingSince ?? now)
                .SetProperty(row => row.Error, reason),
            cancellationToken);
        if (rows == 0)
            await AddAsync(context, new EventSourceRow { Source = source, FailingSince = now, Error = reason }, cancellationToken);
    }

    private static async Task AddAsync(LedgerContext context, EventSourceRow row, CancellationToken cancellationToken)
    {
        context.EventSources.Add(row);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (LedgerDatabase.IsUniqueViolation(taken))
        {
            // Another delivery of the same moment was noted first, and says the same.
            return;
        }
    }
}
