using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PaymentApp.Ledger.Postgres;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IWorkQueue"/>
internal sealed partial class WorkQueue(
    IDbContextFactory<LedgerContext> contexts,
    TimeProvider clock,
    WorkSignal signal,
    WorkMetrics metrics,
    IOptions<WorkOptions> options,
    ILogger<WorkQueue> logger) : IWorkQueue
{
    /// <summary>How long a claim keeps others away. A worker that is still alive stops before: <see cref="WorkProcessor.TimeLimit"/>.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private const int DeletedAtOnce = 500;

    // A shop that was off for days, or died once, has not yet tried.
    private const int FewestTries = 8;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task ScheduleAsync(WorkKind kind, string subject, DateTime dueAt, CancellationToken cancellationToken = default)
    {
        while (!await TryScheduleAsync(kind, subject, dueAt, cancellationToken))
        {
            // Somebody else scheduled it for the first time: now it is there.
        }

        signal.Raise();
    }

    public async Task<IReadOnlyList<WorkItem>> ClaimAsync(int most, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var claimed = new List<WorkItem>(most);
        while (claimed.Count < most)
        {
            var now = Now;
            var (found, won) = context.Database.IsNpgsql()
                ? await ClaimUnlockedAsync(context, most - claimed.Count, now, cancellationToken)
                : await ClaimAsReadAsync(context, most - claimed.Count, now, cancellationToken);
            if (found == 0)
                break;

            foreach (var work in won)
            {
                if (!work.WasLost || !IsGivenUp(work.Item.Tries - 1, work.FailingSince, now))
                    claimed.Add(work.Item);
                else
                    // It takes its process with it each time: nobody should try it for ever.
                    await CompleteAsync(work.Item, new WorkResult.Park("Every worker that tried it died, or took too long."), cancellationToken);
            }
        }

        return claimed;
    }

    public async Task<bool> CompleteAsync(WorkItem item, WorkResult result, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Work.AsNoTracking().SingleOrDefaultAsync(work => work.Id == item.Id, cancellationToken);
        if (row is null || row.ClaimId != item.ClaimId)
            return false;

        // Who scheduled it while it was worked on knows more than the worker did; only what needs a person needs one still.
        if ((row.Revision == item.Revision || result is WorkResult.Park) && await TryWriteAsync(context, row, result, cancellationToken))
            return true;
        return await GiveBackAsync(context, item, cancellationToken);
    }

    public async Task ReleaseAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await GiveBackAsync(context, item, cancellationToken);
    }

    public async Task<DateTime?> NextDueAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        return await context.Work.Where(work => work.Status == WorkStatus.Waiting && (work.LeaseUntil == null || work.LeaseUntil <= now))
            .OrderBy(work => work.DueAt).Select(work => (DateTime?)work.DueAt).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<DateTime?> OldestWaitingAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        return await context.Work.Where(work => work.Status == WorkStatus.Waiting && work.DueAt <= now)
            .OrderBy(work => work.DueAt).Select(work => (DateTime?)work.DueAt).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<ParkedWork>> ParkedAsync(int most, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from work in context.Work
            where work.Status == WorkStatus.Parked
            join inbox in context.Inbox on work.Subject equals inbox.EventId into events
            from happened in events.DefaultIfEmpty()
            join payment in context.Payments on happened.IntentId equals payment.IntentId into payments
            from paid in payments.DefaultIfEmpty()
            join order in context.Orders on (work.OrderId ?? (paid == null ? null : paid.OrderId)) equals order.Id into orders
            from about in orders.DefaultIfEmpty()
            orderby work.EndedAt
            select new ParkedWork(
                work.Id, work.Kind, work.Subject, about == null ? null : about.Number, work.Note, work.Tries, work.FailingSince ?? work.ScheduledAt))
            .Take(most).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<WorkKind, int>> CountParkedAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Work.Where(work => work.Status == WorkStatus.Parked)
            .GroupBy(work => work.Kind).Select(works => new { works.Key, Count = works.Count() })
            .ToDictionaryAsync(works => works.Key, works => works.Count, cancellationToken);
    }

    public async Task<bool> ReplayAsync(long id, CancellationToken cancellationToken = default)
    {
        var now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var traceParent = PaymentTracing.TraceParent;
        var replayed = await context.Work.Where(work => work.Id == id && work.Status == WorkStatus.Parked).ExecuteUpdateAsync(
            set => set
                .SetProperty(work => work.Status, WorkStatus.Waiting)
                .SetProperty(work => work.DueAt, now)
                .SetProperty(work => work.Tries, 0)
                .SetProperty(work => work.FailingSince, (DateTime?)null)
                .SetProperty(work => work.Revision, work => work.Revision + 1)
                .SetProperty(work => work.ScheduledAt, now)
                .SetProperty(work => work.TraceParent, traceParent),
            cancellationToken) == 1;
        if (replayed)
            signal.Raise();
        return replayed;
    }

    public async Task<int> DeleteDoneAsync(CancellationToken cancellationToken = default)
    {
        var before = Now - options.Value.KeepDone;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var deleted = 0;
        while (true)
        {
            // Short transactions: nobody who takes a payment waits for this.
            var old = await context.Work.Where(work => work.Status == WorkStatus.Done && work.EndedAt < before)
                .OrderBy(work => work.EndedAt).Take(DeletedAtOnce)
                .Select(work => new { work.Id, work.Kind, work.Subject }).ToListAsync(cancellationToken);
            if (old.Count == 0)
                return deleted;

            var ids = old.ConvertAll(work => work.Id);
            var events = old.Where(work => work.Kind == WorkKind.Event).Select(work => work.Subject).ToList();
            deleted += await context.Database.CreateExecutionStrategy().ExecuteAsync(
                cancellation => DeleteAsync(context, ids, events, cancellation), cancellationToken);
        }
    }

    private static async Task<int> DeleteAsync(LedgerContext context, List<long> ids, List<string> events, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var deleted = await context.Work.Where(work => ids.Contains(work.Id) && work.Status == WorkStatus.Done).ExecuteDeleteAsync(cancellationToken);
        if (events.Count > 0)
            await context.Inbox.Where(row => events.Contains(row.EventId)).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }

    private async Task<bool> TryScheduleAsync(WorkKind kind, string subject, DateTime dueAt, CancellationToken cancellationToken)
    {
        var now = Now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Work.AsNoTracking().SingleOrDefaultAsync(work => work.Kind == kind && work.Subject == subject, cancellationToken);
        if (row is null)
        {
            context.Work.Add(WorkRow.Create(kind, subject, order: null, dueAt, now));
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return true;
            }
            catch (DbUpdateException taken) when (LedgerDatabase.IsUniqueViolation(taken))
            {
                return false;
            }
        }

        var isOpen = row.Status is WorkStatus.Waiting;
        var traceParent = PaymentTracing.TraceParent;
        var earlier = isOpen && row.DueAt < dueAt ? row.DueAt : dueAt;
        return await context.Work.Where(work => work.Id == row.Id && work.Revision == row.Revision && work.Status == row.Status).ExecuteUpdateAsync(
            set => set
                .SetProperty(work => work.Status, WorkStatus.Waiting)
                .SetProperty(work => work.DueAt, earlier)
                .SetProperty(work => work.Tries, work => isOpen ? work.Tries : 0)
                .SetProperty(work => work.FailingSince, work => isOpen ? work.FailingSince : null)
                .SetProperty(work => work.Revision, work => work.Revision + 1)
                .SetProperty(work => work.ScheduledAt, now)
                .SetProperty(work => work.TraceParent, traceParent),
            cancellationToken) == 1;
    }

    private static async Task<(int Found, List<ClaimedWork> Won)> ClaimUnlockedAsync(
        LedgerContext context, int most, DateTime now, CancellationToken cancellationToken)
    {
        var won = await PostgresWorkClaims.ClaimAsync(context, most, now, Lease, cancellationToken);
        return (won.Count, won);
    }

    private static async Task<(int Found, List<ClaimedWork> Won)> ClaimAsReadAsync(
        LedgerContext context, int most, DateTime now, CancellationToken cancellationToken)
    {
        var due = await context.Work.AsNoTracking()
            .Where(work => work.Status == WorkStatus.Waiting && work.DueAt <= now && (work.LeaseUntil == null || work.LeaseUntil <= now))
            .OrderBy(work => work.DueAt).Take(most).ToListAsync(cancellationToken);
        var won = new List<ClaimedWork>(due.Count);
        foreach (var row in due)
        {
            if (await TryClaimAsync(context, row, now, cancellationToken) is { } claimed)
                won.Add(claimed);
        }

        return (due.Count, won);
    }

    /// <summary>Claims the row only as it was read: of several workers that read it, one wins.</summary>
    private static async Task<ClaimedWork?> TryClaimAsync(LedgerContext context, WorkRow row, DateTime now, CancellationToken cancellationToken)
    {
        // The last one who had it did not come to an end. What was planned since may be another matter, weeks later.
        var wasLost = row.ClaimId is not null;
        var claimedAt = row.LeaseUntil - Lease;
        var failingSince = row.FailingSince ?? (wasLost ? (claimedAt > row.ScheduledAt ? claimedAt : row.ScheduledAt) : null);
        var claim = Guid.NewGuid();
        var won = await AsRead(context, row).ExecuteUpdateAsync(
            set => set
                .SetProperty(work => work.ClaimId, claim)
                .SetProperty(work => work.LeaseUntil, now + Lease)
                .SetProperty(work => work.FailingSince, failingSince)
                .SetProperty(work => work.Tries, row.Tries + 1),
            cancellationToken);
        if (won == 0)
            return null;

        var item = new WorkItem(row.Id, row.Kind, row.Subject, claim, row.Revision, row.Tries + 1, row.EndedAt) { TraceParent = row.TraceParent };
        return new ClaimedWork(item, wasLost, failingSince);
    }

    private static IQueryable<WorkRow> AsRead(LedgerContext context, WorkRow row) => context.Work.Where(work =>
        work.Id == row.Id && work.Status == row.Status && work.DueAt == row.DueAt && work.ClaimId == row.ClaimId && work.Revision == row.Revision);

    /// <summary>Writes the result, if the claim and what was scheduled are still those that were read.</summary>
    private async Task<bool> TryWriteAsync(LedgerContext context, WorkRow row, WorkResult result, CancellationToken cancellationToken)
    {
        var now = Now;
        var failingSince = row.FailingSince ?? now;
        var after = result switch
        {
            WorkResult.Done done => new After(WorkStatus.Done, now, done.Note, null, 0),
            WorkResult.Again again => new After(WorkStatus.Waiting, again.At, null, null, 0),
            WorkResult.Park park => new After(WorkStatus.Parked, now, park.Error, failingSince, row.Tries),
            WorkResult.Retry retry when IsGivenUp(row.Tries, failingSince, now) =>
                new After(WorkStatus.Parked, now, retry.Error, failingSince, row.Tries),
            WorkResult.Retry retry => Retried(row, retry, failingSince, now),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
        var note = after.Note?[..Math.Min(after.Note.Length, WorkConfiguration.LongestNote)];
        var written = await AsRead(context, row).ExecuteUpdateAsync(
            set => set
                .SetProperty(work => work.Status, after.Status)
                .SetProperty(work => work.DueAt, after.DueAt)
                .SetProperty(work => work.Note, note)
                .SetProperty(work => work.FailingSince, after.FailingSince)
                .SetProperty(work => work.Tries, after.Tries)
                .SetProperty(work => work.EndedAt, now)
                .SetProperty(work => work.ClaimId, (Guid?)null)
                .SetProperty(work => work.LeaseUntil, (DateTime?)null),
            cancellationToken) == 1;
        if (written && after.Status is WorkStatus.Parked)
            await TellAsync(context, row, result, cancellationToken);
        return written;
    }

    private bool IsGivenUp(int tries, DateTime? failingSince, DateTime now) =>
        tries >= FewestTries && now - failingSince >= options.Value.GiveUpAfter;

    private static After Retried(WorkRow row, WorkResult.Retry retry, DateTime failingSince, DateTime now)
    {
        var next = now + WorkBackOff.After(row.Tries, Random.Shared.NextDouble());
        if (retry.NotBefore > next)
            next = retry.NotBefore.Value;
        return new After(WorkStatus.Waiting, next, retry.Error, failingSince, row.Tries);
    }

    private async Task<bool> GiveBackAsync(LedgerContext context, WorkItem item, CancellationToken cancellationToken)
    {
        var now = Now;
        return await context.Work.Where(work => work.Id == item.Id && work.ClaimId == item.ClaimId).ExecuteUpdateAsync(
            set => set
                .SetProperty(work => work.ClaimId, (Guid?)null)
                .SetProperty(work => work.LeaseUntil, (DateTime?)null)
                .SetProperty(work => work.EndedAt, now),
            cancellationToken) == 1;
    }

    private async Task TellAsync(LedgerContext context, WorkRow row, WorkResult result, CancellationToken cancellationToken)
    {
        metrics.Parked(row.Kind);
        var number = row.OrderId is { } order
            ? await context.Orders.Where(known => known.Id == order).Select(known => known.Number).SingleOrDefaultAsync(cancellationToken)
            : await (
                from happened in context.Inbox
                join payment in context.Payments on happened.IntentId equals payment.IntentId
                join known in context.Orders on payment.OrderId equals known.Id
                where happened.EventId == row.Subject
                select known.Number).FirstOrDefaultAsync(cancellationToken);
        var (error, cause) = result switch
        {
            WorkResult.Retry retry => (retry.Error, retry.Cause),
            WorkResult.Park park => (park.Error, park.Cause),
            _ => (null, null),
        };
        Log.Parked(logger, row.Kind, WorkItem.LogNameOf(row.Kind, row.Subject, row.Id), number ?? "unknown", row.Tries, error, Trace(cause));
    }

    /// <summary>Types and stack traces. Messages stay out: Stripe.net puts whole bodies into them, client secrets included.</summary>
    private static string Trace(Exception? cause)
    {
        var trace = new StringBuilder();
        for (var exception = cause; exception is not null; exception = exception.InnerException)
            trace.AppendLine().Append(exception.GetType().FullName).AppendLine().Append(exception.StackTrace);
        return trace.ToString();
    }

    private sealed record After(
        WorkStatus Status, DateTime DueAt, string? Note, DateTime? FailingSince, int Tries);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Work {Kind} {Item} of order {OrderNumber} is given up after {Tries} tries and waits for an operator: {Error}{Trace}")]
        public static partial void Parked(ILogger logger, WorkKind kind, string item, string orderNumber, int tries, string? error, string trace);
    }
}
