using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Checkout;
using PaymentApp.Orders;
using PaymentApp.Orders.Pages;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Orders;

public sealed class OrderPageTests : BunitContext
{
    public OrderPageTests()
    {
        Services.AddTexts();
        Services.AddSingleton<Catalogue>();
        Services.AddSingleton(new DemoSettings(Dashboard: null));
        Services.AddOptions<ShopOptions>();
        ComponentFactories.AddStub<CheckoutIsland>();
        ComponentFactories.AddStub<OrderWatch>();
    }

    [Theory]
    [InlineData(PaymentState.AwaitingPayment, "Waiting for payment")]
    [InlineData(PaymentState.AwaitingAuthentication, "Your bank wants to know it's you")]
    [InlineData(PaymentState.AwaitingConfirmation, "One step left")]
    [InlineData(PaymentState.Processing, "We are checking with your bank")]
    [InlineData(PaymentState.Authorized, "Payment authorized")]
    [InlineData(PaymentState.Paid, "Payment complete")]
    [InlineData(PaymentState.Canceled, "Order canceled")]
    public void Every_state_has_its_heading(PaymentState state, string heading) =>
        Assert.Equal(heading, Open(SampleOrder.With(), state).Find("h1").TextContent);

    [Theory]
    [InlineData(0, 0, 0, 0, "Payment complete")]
    [InlineData(100, 0, 0, 0, "Payment complete")]
    [InlineData(12_900, 0, 0, 0, "Returned in full")]
    [InlineData(12_900, 12_900, 0, 0, "On its way back")]
    [InlineData(0, 0, 12_900, 0, "Payment disputed")]
    [InlineData(0, 0, 0, 12_900, "Returned in full")]
    [InlineData(900, 0, 0, 12_000, "Returned in full")]
    public void A_paid_order_says_what_became_of_the_money(long refunded, long pending, long disputed, long lost, string heading)
    {
        var payment = SampleOrder.With().Payment(PaymentState.Paid);
        Money Of(long minorUnits) => payment.Captured with { MinorUnits = minorUnits };

        var words = OrderWords.For(payment with { Refunded = Of(refunded), RefundPending = Of(pending), Disputed = Of(disputed), Lost = Of(lost) }, Texts.For<OrderText>("en-US"));

        Assert.Equal(heading, words.Heading);
    }

    [Fact]
    public void No_state_is_without_words() =>
        Assert.All(
        Enum.GetValues<PaymentState>(),
        state => Assert.DoesNotContain("_", OrderWords.For(SampleOrder.With().Payment(state), Texts.For<OrderText>("en-US")).Meaning, StringComparison.Ordinal));

    [Fact]
    public void A_paid_order_names_number_amount_and_card()
    {
        var order = SampleOrder.With();

        var text = Open(order, PaymentState.Paid, new CardSummary("visa", "4242")).Find("dl").TextContent;

        Assert.Contains(order.Number, text, StringComparison.Ordinal);
        Assert.Contains("$129.00", text, StringComparison.Ordinal);
        Assert.Contains("Visa ending in 4242", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PaymentState.AwaitingPayment, "checkout")]
    [InlineData(PaymentState.AwaitingAuthentication, "here")]
    [InlineData(PaymentState.AwaitingConfirmation, "here")]
    [InlineData(PaymentState.Processing, null)]
    [InlineData(PaymentState.Authorized, null)]
    [InlineData(PaymentState.Paid, null)]
    [InlineData(PaymentState.Canceled, null)]
    public void Only_a_payment_that_can_go_on_says_where(PaymentState state, string? where)
    {
        var order = SampleOrder.With();

        var page = Open(order, state);

        Assert.Equal(where is "checkout", page.FindAll($"a[href='checkout/{order.Id}']").Count == 1);
        Assert.Equal(where is "here", page.HasComponent<Stub<CheckoutIsland>>());
    }

    [Theory]
    [InlineData(PaymentState.AwaitingPayment)]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.AwaitingConfirmation)]
    public void While_an_outcome_is_unknown_nobody_is_told_that_they_were_not_charged(PaymentState state)
    {
        var order = SampleOrder.With();
        var openStep = new PaymentStep(order.Id, 1, 1, PaymentStepKind.Create, PaymentMethodId.Parse("pm_1"), AuthenticationMode.Handle);

        var page = Open(order, order.Payment(state, openStep: openStep));

        Assert.Equal("We are checking with your bank", page.Find("h1").TextContent);
        Assert.DoesNotContain("not been charged", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a[href^='checkout/']"));
    }

    [Theory]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.AwaitingConfirmation)]
    public void A_payment_whose_shopper_wants_to_use_another_card_leads_to_the_card_form(PaymentState state)
    {
        var order = SampleOrder.With();

        var page = Open(order, order.Payment(state) with { IsGivenUp = true });

        Assert.Equal("Waiting for payment", page.Find("h1").TextContent);
        Assert.Single(page.FindAll($"a[href='checkout/{order.Id}']"));
        Assert.False(page.HasComponent<Stub<CheckoutIsland>>());
    }

    [Fact]
    public void A_paid_order_stays_paid_on_its_page_while_a_refund_is_not_known_to_have_been_made()
    {
        var order = SampleOrder.With();
        var refund = new PaymentStep(order.Id, 1, 2, PaymentStepKind.Refund, PaymentMethodId.Parse("pm_1"), AuthenticationMode.Handle);

        Assert.Equal("Payment complete", Open(order, order.Payment(PaymentState.Paid, openStep: refund)).Find("h1").TextContent);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("' OR 1=1 --")]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFAB")]
    public void An_order_that_is_not_there_is_not_found(string id)
    {
        Services.AddSingleton<IOrderBook>(new FakeOrderBook());
        var wasNotFound = false;
        Services.GetRequiredService<NavigationManager>().OnNotFound += (_, _) => wasNotFound = true;

        var page = Render<OrderPage>(parameters => parameters.Add(component => component.Order, id));

        Assert.True(wasNotFound);
        Assert.Empty(page.Markup);
    }

    private IRenderedComponent<OrderPage> Open(Order order, PaymentState state, CardSummary? card = null) => Open(order, order.Payment(state, card));

    private IRenderedComponent<OrderPage> Open(Order order, Payment payment)
    {
        Services.AddSingleton<IOrderBook>(new FakeOrderBook(new OrderStanding(order, payment)));
        return Render<OrderPage>(parameters => parameters.Add(component => component.Order, order.Id.Value));
    }
}
