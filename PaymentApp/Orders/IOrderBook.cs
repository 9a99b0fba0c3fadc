using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>Where orders are placed and found again.</summary>
public interface IOrderBook
{
    /// <summary>Makes an order for one piece of <paramref name="product"/> at its price of now.</summary>
    Task<Order> PlaceAsync(Product product, CancellationToken cancellationToken = default);

    /// <summary>The order with this id, or null where there is none.</summary>
    Task<Order?> FindAsync(OrderId id, CancellationToken cancellationToken = default);
}
