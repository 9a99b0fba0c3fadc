using PaymentApp.Payments;

namespace PaymentApp.Checkout;

/// <summary>Hands a payment that a page has just read to the form which is prerendered with it, within one request.</summary>
public sealed class PrerenderedPayment
{
    private Payment? _payment;

    /// <summary>Keeps a payment for the form that comes next.</summary>
    public void Keep(Payment payment) => _payment = payment;

    /// <summary>The payment of an order, once; null where none was kept.</summary>
    public Payment? Take(OrderId order)
    {
        var kept = _payment?.Order.Id == order ? _payment : null;
        _payment = null;
        return kept;
    }
}
