using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Reconciliation;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="ISweepQueue"/>
internal sealed class SweepQueue(IDbContextFactory<LedgerContext> contexts, TimeProvider clock, IOptions<PaymentsOptions> options) : ISweepQueue
{
    public async Task<IReadOnlyList<OrderId>> ClaimDueAsync(int most, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await context.Orders.AsNoTracking().Where(order => order.NextLookAt <= now)
            .OrderBy(order => order.NextLookAt).Take(most)
            .Select(order => new
            {
                order.Id,
                order.State,
                HasIntent = order.PaymentIntentId != null,
                HasOpenStep = context.Steps.Any(step => step.OrderId == order.Id && step.Result == null),
                HasPendingRefund = context.Refunds.Any(refund => refund.OrderId == order.Id && refund.Status == RefundStatus.Pending),
                order.NextLookAt,
                order.Looks,
            }).ToListAsync(cancellationToken);

        var claimed = new List<OrderId>(due.Count);
        foreach (var order in due)
        {
            var next = now + NextLook.After(
                order.State, order.HasIntent, order.HasOpenStep, order.HasPendingRefund, order.Looks + 1, options.Value);
            var won = await context.Orders.Where(mine => mine.Id == order.Id && mine.NextLookAt == order.NextLookAt)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(mine => mine.NextLookAt, next).SetProperty(mine => mine.Looks, order.Looks + 1), cancellationToken);
            if (won == 1)
                claimed.Add(order.Id);
        }

        return claimed;
    }
}
