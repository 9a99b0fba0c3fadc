using Microsoft.EntityFrameworkCore;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IFulfilments"/>
internal sealed class Fulfilments(IDbContextFactory<LedgerContext> contexts, TimeProvider clock) : IFulfilments
{
    public async Task<FulfilmentOrder?> FindOpenAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from fulfilment in context.Fulfilments
            join bought in context.Orders on fulfilment.OrderId equals bought.Id
            where fulfilment.OrderId == order && fulfilment.FulfilledAt == null
            select new FulfilmentOrder(bought.Id, bought.Number, bought.ProductId, bought.ProductName, bought.Amount, fulfilment.ReleasedAt))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<bool> CompleteAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.CreateExecutionStrategy().ExecuteAsync(
            cancellation => CompleteAsync(context, order, cancellation), cancellationToken);
    }

    private async Task<bool> CompleteAsync(LedgerContext context, OrderId order, CancellationToken cancellationToken)
    {
        var now = clock.GetLedgerTime();
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.Fulfilments.Where(row => row.OrderId == order && row.FulfilledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FulfilledAt, now), cancellationToken) == 0)
            return false;

        context.Timeline.Add(new TimelineRow
        {
            OrderId = order,
            At = now,
            Actor = PaymentActor.Shop,
            Event = TimelineEvent.Fulfilled,
            Detail = FulfilmentWork.IdOf(order),
        });
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
