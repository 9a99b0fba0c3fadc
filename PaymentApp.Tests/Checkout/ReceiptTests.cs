using System.Globalization;
using PaymentApp.Checkout;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Checkout;

public sealed class ReceiptTests : BunitContext
{
    private static readonly Money Amount = Money.OfMajor(100, Currency.Usd);

    public ReceiptTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        Services.AddTexts();
    }

    [Fact]
    public void A_receipt_names_the_amount() => Assert.Equal(["Order: 7KQ2", "Amount: $100.00"], Lines(new PaidReceipt("7KQ2", Amount, null)));

    [Fact]
    public void A_part_is_shown_beside_what_the_order_costs() => Assert.Contains(
        "Amount: $100.00 of $129.00", Lines(new PaidReceipt("7KQ2", Amount, null) { Ordered = Money.OfMajor(129, Currency.Usd) }));

    [Fact]
    public void What_became_of_the_money_is_on_the_receipt() => Assert.Equal(
        ["Refunded: $20.00", "Disputed: $30.00", "Returned by your bank: $50.00"],
        Lines(new PaidReceipt("7KQ2", Amount, null)
        {
            Refunded = Money.OfMajor(20, Currency.Usd),
            Disputed = Money.OfMajor(30, Currency.Usd),
            Lost = Money.OfMajor(50, Currency.Usd),
        }).Skip(2));

    private List<string> Lines(PaidReceipt receipt) => Render<CheckoutReceipt>(parameters => parameters
            .Add(component => component.Receipt, receipt)
            .Add(component => component.Heading, "Payment complete"))
        .FindAll("dl > div")
        .Select(row => row.QuerySelector("dt")!.TextContent + ": " + row.QuerySelector("dd")!.TextContent)
        .ToList();
}
