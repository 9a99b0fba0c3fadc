using System.Globalization;
using Microsoft.Extensions.Localization;
using PaymentApp.Languages;
using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <param name="Name">What it is.</param>
/// <param name="Value">How much, or which, as its reader expects it.</param>
public sealed record ReceiptLine(string Name, string Value);

/// <summary>What a receipt says, line by line, to the reader of its scope: on the order's page and in the mail the same.</summary>
public sealed class ReceiptLines(IStringLocalizer<OrderText> texts, ProductText products, ReaderCulture reader)
{
    /// <param name="tax">The tax that the price includes; null where there is none.</param>
    public IReadOnlyList<ReceiptLine> Of(Order order, Payment payment, ProductTax? tax)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(payment);
        var lines = new List<ReceiptLine>
        {
            new(texts["Line_Number"], order.Number),
            new(texts["Line_Article"], products.NameOf(order)),
            new(texts["Line_Quantity"], 1.ToString(reader.Culture)),
        };
        if (payment.PaidAt is { } paidAt)
            lines.Add(new(texts["Line_PaidOn"], Moment(paidAt)));
        lines.Add(Total(order, payment));
        if (Tax(order, payment, tax) is { } taxLine)
            lines.Add(taxLine);
        lines.AddRange(MoneyBack(payment));
        return lines;
    }

    /// <summary>What was taken of what the order costs, or what it costs as long as nothing was.</summary>
    public ReceiptLine Total(Order order, Payment payment)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(payment);
        if (payment.State is not PaymentState.Paid)
            return new(texts["Line_Total"], Format(order.Amount));

        return new(
            texts["Line_Paid"],
            payment.Captured == order.Amount ? Format(payment.Captured) : texts["Line_PaidOf", Format(payment.Captured), Format(order.Amount)]);
    }

    /// <summary>How much of that is tax; null where it includes none.</summary>
    public ReceiptLine? Tax(Order order, Payment payment, ProductTax? tax)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(payment);
        return tax is null
            ? null
            : new(
                texts["Line_Tax", tax.Percent.ToString("0.##", reader.Culture), products.NameOf(tax)],
                Format(tax.In(payment.State is PaymentState.Paid ? payment.Captured : order.Amount)));
    }

    /// <summary>What became of the money that was taken.</summary>
    public IEnumerable<ReceiptLine> MoneyBack(Payment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        if (payment.Refunded.MinorUnits > 0)
            yield return new(texts[payment.IsReturnedInFull && payment.Lost.MinorUnits == 0 ? "Line_ReturnedInFull" : "Line_Refunded"], Format(payment.Refunded));
        if (payment.Disputed.MinorUnits > 0)
            yield return new(texts["Line_Disputed"], Format(payment.Disputed));
        if (payment.Lost.MinorUnits > 0)
            yield return new(texts["Line_Lost"], Format(payment.Lost));
    }

    /// <summary>A moment in UTC, and that it is.</summary>
    public string Moment(DateTime utc) => utc.ToString(texts["Moment"], reader.Culture) + " UTC";

    private string Format(Money amount) => amount.Format(reader.Culture);
}
