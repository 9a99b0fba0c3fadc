using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Orders;
using PaymentApp.Orders.Pages;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Orders;

public sealed class OrderSummaryTests : BunitContext
{
    public OrderSummaryTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        Services.AddTexts();
        Services.AddSingleton<Catalogue>();
    }

    [Theory]
    [InlineData(4900, "usd", "$49.00")]
    [InlineData(1250, "eur", "€12.50")]
    [InlineData(1800, "jpy", "¥1,800")]
    [InlineData(1500, "kwd", "KWD\u00a01.500")]
    public void The_total_has_the_decimals_of_its_currency(long minorUnits, string currency, string shown)
    {
        var terms = Terms(SampleOrder.With(amount: new Money(minorUnits, Currency.Of(currency))));

        Assert.Equal(shown, terms["Total"]);
    }

    [Fact]
    public void The_order_is_named_by_its_number_and_never_by_its_id()
    {
        var order = SampleOrder.With();

        var summary = Show(order);

        Assert.Equal(order.Number, Terms(order)["Order number"]);
        Assert.DoesNotContain(order.Id.Value, summary.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_it_was_placed_says_its_zone()
    {
        var order = SampleOrder.With(placedAt: new DateTime(2026, 8, 3, 14, 5, 0, DateTimeKind.Utc));

        Assert.Equal("3 Aug 2026, 14:05 UTC", Terms(order)["Placed"]);
    }

    [Theory]
    [InlineData("visa", "Visa ending in 4242")]
    [InlineData("amex", "American Express ending in 4242")]
    [InlineData("a brand of tomorrow", "Card ending in 4242")]
    public void A_card_is_named_in_plain_words(string brand, string shown)
    {
        var terms = Terms(SampleOrder.With(), PaymentState.Paid, new CardSummary(brand, "4242"));

        Assert.Equal(shown, terms["Card"]);
    }

    [Fact]
    public void An_order_without_a_card_has_no_row_for_it() =>
        Assert.DoesNotContain("Card", Terms(SampleOrder.With()).Keys);

    [Fact]
    public void Only_a_paid_order_says_paid()
    {
        Assert.Contains("Paid", Terms(SampleOrder.With(), PaymentState.Paid).Keys);
        Assert.All(
            Enum.GetValues<PaymentState>().Where(state => state is not PaymentState.Paid),
            state => Assert.DoesNotContain("Paid", Terms(SampleOrder.With(), state).Keys));
    }

    [Fact]
    public void A_part_that_was_taken_is_shown_beside_what_the_order_costs()
    {
        var order = SampleOrder.With();

        Assert.Equal("$129.00", Terms(order, Paid(order))["Paid"]);
        Assert.Equal("$100.00 of $129.00", Terms(order, Paid(order, captured: 10_000))["Paid"]);
    }

    [Fact]
    public void What_went_back_is_shown_with_its_amount()
    {
        var order = SampleOrder.With();

        Assert.Equal("$20.00", Terms(order, Paid(order) with { Refunded = Usd(2_000) })["Refunded"]);
        Assert.Equal("$129.00", Terms(order, Paid(order) with { Disputed = Usd(12_900) })["Disputed"]);
        Assert.Equal("$29.00", Terms(order, Paid(order) with { Lost = Usd(2_900) })["Returned by your bank"]);
        Assert.Equal("$100.00", Terms(order, Paid(order, captured: 10_000) with { Refunded = Usd(10_000) })["Returned in full"]);
        Assert.DoesNotContain("Refunded", Terms(order, Paid(order) with { Refunded = Usd(12_900) }).Keys);
    }

    [Fact]
    public void An_order_that_kept_its_money_has_no_row_for_money_back() =>
        Assert.Equal(["Order number", "Paid", "Placed"], Terms(SampleOrder.With(), Paid(SampleOrder.With())).Keys.Order());

    [Fact]
    public void A_product_that_is_no_longer_sold_is_still_named()
    {
        var order = SampleOrder.With(productId: "gone");

        var summary = Show(order);

        Assert.Equal(order.ProductName, summary.Find(".order-product").TextContent);
        Assert.Empty(summary.FindAll("img"));
    }

    private static Payment Paid(Order order, long? captured = null) =>
        order.Payment(PaymentState.Paid) with { Captured = Usd(captured ?? order.Amount.MinorUnits) };

    private static Money Usd(long minorUnits) => new(minorUnits, Currency.Usd);

    private Dictionary<string, string> Terms(
        Order order, PaymentState state = PaymentState.AwaitingPayment, CardSummary? card = null) =>
        Terms(order, order.Payment(state, card));

    private Dictionary<string, string> Terms(Order order, Payment payment) =>
        Show(order, payment)
            .FindAll("dl > div")
            .ToDictionary(row => row.QuerySelector("dt")!.TextContent, row => row.QuerySelector("dd")!.TextContent);

    private IRenderedComponent<OrderSummary> Show(
        Order order, Payment? payment = null) =>
        Render<OrderSummary>(parameters => parameters
            .Add(component => component.Order, order)
            .Add(component => component.Payment, payment ?? order.Payment()));
}
