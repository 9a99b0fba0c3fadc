namespace PaymentApp.Payments;

/// <summary>What a payment has to know of the order that it pays: everything else about an order is its shop's own.</summary>
/// <param name="Number">What people call the order by; Stripe shows it beside the payment.</param>
/// <param name="Amount">What the order costs, fixed when it was placed (invariant 3).</param>
public sealed record PayableOrder(OrderId Id, string Number, Money Amount)
{
    /// <summary>Where its receipt goes; null where the shopper named no address.</summary>
    public EmailAddress? Email { get; init; }
}
