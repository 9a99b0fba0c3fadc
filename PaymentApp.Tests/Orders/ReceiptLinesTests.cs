using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Orders;

public sealed class ReceiptLinesTests
{
    [Theory]
    [InlineData(1250, "eur", 23, 234)]
    [InlineData(1800, "jpy", 10, 164)]
    [InlineData(105, "eur", 5, 5)]
    [InlineData(1, "eur", 19, 0)]
    public void The_tax_that_a_price_includes_is_the_part_of_it_to_the_nearest_minor_unit(long gross, string currency, int percent, long tax) =>
        Assert.Equal(new Money(tax, Currency.Of(currency)), new ProductTax("VAT", percent).In(new Money(gross, Currency.Of(currency))));

    [Fact]
    public void A_receipt_says_what_was_taken_given_back_and_disputed()
    {
        var order = SampleOrder.With();
        var payment = order.Payment(PaymentState.Paid) with
        {
            Captured = Usd(10_000),
            Refunded = Usd(2_000),
            Disputed = Usd(500),
            Lost = Usd(100),
            PaidAt = new DateTime(2026, 8, 3, 14, 5, 0, DateTimeKind.Utc),
        };

        var lines = Texts.ReceiptIn("en-US").Of(order, payment, tax: null).ToDictionary(line => line.Name, line => line.Value);

        Assert.Equal("3 Aug 2026, 14:05 UTC", lines["Paid on"]);
        Assert.Equal("$100.00 of $129.00", lines["Paid"]);
        Assert.Equal("$20.00", lines["Refunded"]);
        Assert.Equal("$5.00", lines["Disputed"]);
        Assert.Equal("$1.00", lines["Returned by your bank"]);
    }

    [Fact]
    public void An_order_that_is_not_paid_has_a_total()
    {
        var order = SampleOrder.With();

        var lines = Texts.ReceiptIn("en-US").Of(order, order.Payment(), new ProductTax("VAT", 23)).Select(line => line.Name).ToList();

        Assert.Contains("Total", lines);
        Assert.DoesNotContain("Paid", lines);
    }

    private static Money Usd(long minorUnits) => new(minorUnits, Currency.Usd);
}
