using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Orders;

/// <summary>Knows the orders that it was given, and takes no new ones.</summary>
internal sealed class FakeOrderBook(params OrderStanding[] orders) : IOrderBook
{
    public Task<Order> PlaceAsync(Product product, PurchaseToken? purchase = null, string? language = null, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("No order was planned here.");

    public Task<Order?> FindAsync(Product product, PurchaseToken purchase, CancellationToken cancellationToken = default) =>
        Task.FromResult<Order?>(null);

    /// <summary>What comes instead of an order that is looked for by its id; null for the order.</summary>
    public Exception? Failure { get; init; }

    public Task<OrderStanding?> FindAsync(OrderId id, CancellationToken cancellationToken = default) => Failure is not null
        ? Task.FromException<OrderStanding?>(Failure)
        : Task.FromResult(orders.SingleOrDefault(order => order.Order.Id == id));
}
