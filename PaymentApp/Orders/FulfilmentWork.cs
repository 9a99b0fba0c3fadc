using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Orders;

/// <summary>Has a paid order fulfilled by the shop's handler, and writes down that it was.</summary>
internal sealed class FulfilmentWork(IFulfilments fulfilments, IFulfilmentHandler handler) : IWorkHandler
{
    public async Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        var id = OrderId.Parse(item.Subject);
        if (await fulfilments.FindOpenAsync(id, cancellationToken) is not { } order)
            return new WorkResult.Done("It is fulfilled already.");

        await handler.FulfilAsync(order, IdOf(id), cancellationToken);
        return new WorkResult.Done(
            await fulfilments.CompleteAsync(id, cancellationToken) ? null : "Another worker had it fulfilled at the same time.");
    }

    /// <summary>The id that the handler gets for an order, whenever it is called.</summary>
    public static string IdOf(OrderId order) => $"fulfilment-{order}";
}
