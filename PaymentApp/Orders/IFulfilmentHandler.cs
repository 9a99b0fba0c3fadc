using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>
/// What the shop does once an order is paid: pack it, send a licence, tell the warehouse. Register your own after
/// <c>builder.AddPaymentApp()</c>; the demo shop's writes a packing slip.
/// </summary>
public interface IFulfilmentHandler
{
    /// <summary>
    /// Fulfils a paid order. Called at least once, until it succeeds: it is called again, with the same id, when it threw
    /// and when the process ended before its success was written down. Not called for the same order twice at once.
    /// </summary>
    /// <param name="fulfilmentId">The same in every call for this order: what was done under it must not be done again.</param>
    /// <param name="cancellationToken">Canceled when the process stops, and after nine minutes.</param>
    Task FulfilAsync(FulfilmentOrder order, string fulfilmentId, CancellationToken cancellationToken = default);
}

/// <summary>A paid order, as its fulfilment needs it.</summary>
/// <param name="Number">What people say on the phone: short, and no key to anything.</param>
/// <param name="Amount">What the order cost, in the minor units of its currency.</param>
/// <param name="PaidAt">UTC.</param>
public sealed record FulfilmentOrder(OrderId Id, string Number, string ProductId, string ProductName, Money Amount, DateTime PaidAt);
