using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Components;

internal static class SampleOrder
{
    public static Order With(
        PaymentState state = PaymentState.AwaitingPayment,
        Money? amount = null,
        CardSummary? card = null,
        DateTime? placedAt = null,
        string productId = "desk-lamp") => new()
        {
            Id = OrderId.New(),
            Number = "7KQ2-M4XRT",
            ProductId = productId,
            ProductName = "Desk lamp",
            Amount = amount ?? Money.OfMajor(129, Currency.Usd),
            PlacedAt = placedAt ?? new DateTime(2026, 8, 3, 14, 5, 0, DateTimeKind.Utc),
            MovedAt = placedAt ?? new DateTime(2026, 8, 3, 14, 5, 0, DateTimeKind.Utc),
            State = state,
            CardBrand = card?.Brand,
            CardLast4 = card?.Last4,
        };
}
