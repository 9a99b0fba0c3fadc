using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Reconciliation;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="ILookQueue"/>
internal sealed class LookQueue(IDbContextFactory<LedgerContext> contexts, TimeProvider clock, IOptions<PaymentsOptions> options)
    : ILookQueue, ILookRequests
{
    public async Task AskAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // A look that is scheduled was scheduled by the back-off, and is not made sooner for those who watch.
        var unscheduled = await context.Payments.AsNoTracking().Where(payment => payment.OrderId == order && payment.NextLookAt == null)
            .Select(payment => new { payment.State, HasIntent = payment.IntentId != null, HasOpenStep = context.Steps.Any(step => step.OrderId == order && step.Result == null) })
            .SingleOrDefaultAsync(cancellationToken);
        if (unscheduled is null
            || NextLook.After(unscheduled.State, unscheduled.HasIntent, unscheduled.HasOpenStep, hasPendingRefund: false, looks: 0, options.Value) is not { } wait)
            return;

        var next = clock.GetUtcNow().UtcDateTime + wait;
        await context.Payments.Where(payment => payment.OrderId == order && payment.NextLookAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(payment => payment.NextLookAt, next), cancellationToken);
    }

    public async Task<IReadOnlyList<OrderId>> ClaimDueAsync(int most, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await context.Payments.AsNoTracking().Where(payment => payment.NextLookAt <= now)
            .OrderBy(payment => payment.NextLookAt).Take(most)
            .Select(payment => new
            {
                payment.OrderId,
                payment.State,
                HasIntent = payment.IntentId != null,
                HasOpenStep = context.Steps.Any(step => step.OrderId == payment.OrderId && step.Result == null),
                IsGivenUp = (payment.State == PaymentState.AwaitingAuthentication || payment.State == PaymentState.AwaitingConfirmation)
                    && context.Attempts.Where(attempt => attempt.OrderId == payment.OrderId).OrderByDescending(attempt => attempt.Number)
                        .Select(attempt => attempt.GivenUpAt).FirstOrDefault() != null,
                HasPendingRefund = context.Refunds.Any(refund => refund.OrderId == payment.OrderId && refund.Status == RefundStatus.Pending),
                payment.NextLookAt,
                payment.Looks,
            }).ToListAsync(cancellationToken);

        var claimed = new List<OrderId>(due.Count);
        foreach (var payment in due)
        {
            var next = now + NextLook.After(
                payment.IsGivenUp ? PaymentState.AwaitingPayment : payment.State,
                payment.HasIntent, payment.HasOpenStep, payment.HasPendingRefund, payment.Looks + 1, options.Value);
            var won = await context.Payments.Where(mine => mine.OrderId == payment.OrderId && mine.NextLookAt == payment.NextLookAt)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(mine => mine.NextLookAt, next).SetProperty(mine => mine.Looks, payment.Looks + 1), cancellationToken);
            if (won == 1)
                claimed.Add(payment.OrderId);
        }

        return claimed;
    }
}
