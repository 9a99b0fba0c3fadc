using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>Which orders are to be fulfilled, and which are.</summary>
internal interface IFulfilments
{
    /// <summary>The order that is to be fulfilled; null where there is none, or where it is fulfilled already.</summary>
    Task<FulfilmentOrder?> FindOpenAsync(OrderId order, CancellationToken cancellationToken = default);

    /// <summary>Writes down that an order is fulfilled. False when somebody has done so before.</summary>
    Task<bool> CompleteAsync(OrderId order, CancellationToken cancellationToken = default);
}
