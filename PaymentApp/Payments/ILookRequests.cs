namespace PaymentApp.Payments;

/// <summary>How a page that shows a payment which waits asks for a look at it.</summary>
public interface ILookRequests
{
    /// <summary>
    /// Sees to it that a look at a payment is scheduled as long as it waits for something. However often it is asked for,
    /// there is one look at a time, and none sooner than the back-off allows: Stripe hears as much as without it.
    /// </summary>
    Task AskAsync(OrderId order, CancellationToken cancellationToken = default);
}
