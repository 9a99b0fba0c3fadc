using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>Has shoppers find an order again by mail alone: whoever asks learns nothing.</summary>
internal interface IOrderMails
{
    /// <summary>
    /// Has the way to an order sent to the address that it was paid with, if both belong together. Does as much, and takes
    /// as long, if they don't.
    /// </summary>
    Task RequestAsync(string number, EmailAddress email, CancellationToken cancellationToken = default);
}
