using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>Where orders are placed and found again.</summary>
public interface IOrderBook
{
    /// <summary>Makes an order for one piece of <paramref name="product"/> at its price of now.</summary>
    /// <param name="purchase">
    /// What the order is asked for with: asked again with the same, it is the order that was made. Null for an order that
    /// is made in any case.
    /// </param>
    /// <param name="language">The name of the shopper's culture; null for English.</param>
    /// <exception cref="OrderBookBusyException">It could not be written in time.</exception>
    Task<Order> PlaceAsync(Product product, PurchaseToken? purchase = null, string? language = null, CancellationToken cancellationToken = default);

    /// <summary>The order for a product that was made with a token, or null where there is none.</summary>
    Task<Order?> FindAsync(Product product, PurchaseToken purchase, CancellationToken cancellationToken = default);

    /// <summary>The order with this id and its payment, or null where there is none.</summary>
    Task<OrderStanding?> FindAsync(OrderId id, CancellationToken cancellationToken = default);
}
