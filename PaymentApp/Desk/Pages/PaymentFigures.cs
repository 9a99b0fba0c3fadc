using System.Globalization;
using PaymentApp.Payments;

namespace PaymentApp.Desk.Pages;

/// <summary>The figures of a payment, in the order in which they are shown.</summary>
internal static class PaymentFigures
{
    public static IEnumerable<(string Name, Money Value)> Of(Payment payment) =>
    [
        ("Ordered", payment.Order.Amount),
        ("Authorized", payment.Authorized),
        ("Captured", payment.Captured),
        ("Released", payment.Released),
        ("Refunded", payment.Refunded),
        ("Of that on its way", payment.RefundPending),
        ("Disputed", payment.Disputed),
        ("Lost in disputes", payment.Lost),
        ("Can be given back", payment.Refundable),
    ];

    /// <summary>An amount as it is typed into a field.</summary>
    public static string Typed(Money amount) => amount.Major.ToString($"F{amount.Currency.Decimals}", CultureInfo.InvariantCulture);
}
