using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Orders;

internal static class SampleOrder
{
    public static Order With(Money? amount = null, DateTime? placedAt = null, string productId = "desk-lamp") => new()
    {
        Id = OrderId.New(),
        Number = "7KQ2-M4XRT",
        ProductId = productId,
        ProductName = "Desk lamp",
        Amount = amount ?? Money.OfMajor(129, Currency.Usd),
        PlacedAt = placedAt ?? new DateTime(2026, 8, 3, 14, 5, 0, DateTimeKind.Utc),
    };

    /// <summary>How the payment of an order stands.</summary>
    public static Payment Payment(
        this Order order, PaymentState state = PaymentState.AwaitingPayment, CardSummary? card = null, PaymentStep? openStep = null) =>
        new(
            new PayableOrder(order.Id, order.Number, order.Amount),
            state,
            Intent: null,
            Attempts: 0,
            openStep,
            LastFailure: null,
            card,
            Version: 0)
        {
            Captured = order.Amount with { MinorUnits = state is PaymentState.Paid ? order.Amount.MinorUnits : 0 },
        };
}
