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

        await FulfilAsync(order, IdOf(id), cancellationToken);
        return new WorkResult.Done(
            await fulfilments.CompleteAsync(id, cancellationToken) ? null : "Another worker had it fulfilled at the same time.");
    }

    private async Task FulfilAsync(FulfilmentOrder order, string fulfilmentId, CancellationToken cancellationToken)
    {
        using var activity = PaymentTracing.Source.StartActivity("fulfil order")?.SetTag(PaymentTracing.OrderNumber, order.Number);
        try
        {
            await handler.FulfilAsync(order, fulfilmentId, cancellationToken);
        }
        catch (Exception exception)
        {
            activity.SetFailed(exception);
            throw;
        }
    }

    /// <summary>The id that the handler gets for an order, whenever it is called.</summary>
    public static string IdOf(OrderId order) => $"fulfilment-{order}";
}
