using System.Globalization;
using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <param name="Name">What it is.</param>
/// <param name="Value">How much, or which, as its reader expects it.</param>
public sealed record ReceiptLine(string Name, string Value);

/// <summary>What a receipt says, line by line: on the order's page and in the mail the same.</summary>
public static class ReceiptLines
{
    /// <param name="tax">The tax that the price includes; null where there is none.</param>
    public static IReadOnlyList<ReceiptLine> Of(Order order, Payment payment, ProductTax? tax, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(payment);
        var lines = new List<ReceiptLine>
        {
            new("Order number", order.Number),
            new("Article", order.ProductName),
            new("Quantity", "1"),
        };
        if (payment.PaidAt is { } paidAt)
            lines.Add(new("Paid on", paidAt.ToString("d MMM yyyy, HH:mm", culture) + " UTC"));
        var isPaid = payment.State is PaymentState.Paid;
        lines.Add(isPaid
            ? new("Paid", payment.Captured == order.Amount ? payment.Captured.Format(culture) : $"{payment.Captured.Format(culture)} of {order.Amount.Format(culture)}")
            : new("Total", order.Amount.Format(culture)));
        if (Tax(isPaid ? payment.Captured : order.Amount, tax, culture) is { } taxLine)
            lines.Add(taxLine);
        lines.AddRange(MoneyBack(payment).Select(line => new ReceiptLine(line.Name, line.Amount.Format(culture))));
        return lines;
    }

    /// <summary>How much of an amount is tax; null where it includes none.</summary>
    public static ReceiptLine? Tax(Money amount, ProductTax? tax, CultureInfo culture) => tax is null
        ? null
        : new($"Includes {tax.Percent.ToString("0.##", culture)}\u00a0% {tax.Name}", tax.In(amount).Format(culture));

    /// <summary>What became of the money that was taken, line by line: name and amount.</summary>
    public static IEnumerable<(string Name, Money Amount)> MoneyBack(Payment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        if (payment.Refunded.MinorUnits > 0)
            yield return (payment.IsReturnedInFull && payment.Lost.MinorUnits == 0 ? "Returned in full" : "Refunded", payment.Refunded);
        if (payment.Disputed.MinorUnits > 0)
            yield return ("Disputed", payment.Disputed);
        if (payment.Lost.MinorUnits > 0)
            yield return ("Returned by your bank", payment.Lost);
    }
}
