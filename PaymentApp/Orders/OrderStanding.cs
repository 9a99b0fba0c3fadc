using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>An order and how its payment stands, at one moment.</summary>
public sealed record OrderStanding(Order Order, Payment Payment);
