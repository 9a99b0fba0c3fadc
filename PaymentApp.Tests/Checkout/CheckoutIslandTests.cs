using System.Globalization;
using AngleSharp.Dom;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaymentApp.Checkout;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Checkout;

public sealed class CheckoutIslandTests : CheckoutFormContext
{
    private readonly PaymentsOptions _options = new();

    public CheckoutIslandTests() => Services.AddSingleton(Options.Create(_options));

    [Theory]
    [InlineData(AuthenticationMode.Handle)]
    [InlineData(AuthenticationMode.Decline)]
    public void The_configured_integration_is_used(AuthenticationMode configured)
    {
        _options.Authentication = configured;
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));

        Pay(OpenIsland());

        Assert.Equal(configured, Assert.Single(Payments.Paid).Authentication);
    }

    [Fact]
    public void The_integration_that_the_demo_offers_is_used_for_the_next_payment()
    {
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var island = OpenIsland(isDemo: true);

        island.FindAll("input[type=radio]")[1].Change(true);
        Assert.True(island.FindAll("input[type=radio]")[1].HasAttribute("checked"));
        Pay(island);

        Assert.Equal(AuthenticationMode.Decline, Assert.Single(Payments.Paid).Authentication);
        Assert.Equal(1, Browser.TimesMounted);
    }

    [Fact]
    public void Test_cards_are_offered_in_the_demo_only_and_until_the_order_is_paid()
    {
        Assert.Empty(OpenIsland().FindAll(".demo-panel"));

        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var island = OpenIsland(isDemo: true);
        Assert.Single(island.FindAll(".demo-panel"));
        Pay(island);
        Assert.Empty(island.FindAll(".demo-panel"));
    }

    [Fact]
    public void A_paid_order_links_to_its_page()
    {
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var island = OpenIsland();
        Assert.Empty(island.FindAll("a"));

        Pay(island);

        Assert.Equal($"orders/{Order}", island.FindAll("a").Single().GetAttribute("href"));
    }

    [Fact]
    public void An_order_that_was_paid_before_links_to_its_page_and_offers_no_test_cards()
    {
        Payments.Hold(OrderIn(PaymentState.Paid));

        var island = OpenUnheld(Order, isDemo: true);

        Assert.Equal($"orders/{Order}", island.FindAll("a").Single().GetAttribute("href"));
        Assert.Empty(island.FindAll(".demo-panel"));
    }

    [Fact]
    public void A_page_that_has_just_read_the_payment_spares_its_form_from_reading_it()
    {
        _ = Browser;
        var payment = Payments.Hold(OrderIn(PaymentState.AwaitingPayment));

        var island = Render<CheckoutIsland>(parameters => parameters.Add(component => component.Page, CheckoutContext.Of(payment)));

        Assert.True(new CheckoutScreen(island).CanPay);
        Assert.Equal(0, Payments.Lookups);
    }

    [Fact]
    public async Task A_page_that_is_outdated_is_asked_for_again_when_its_browser_is_back_until_it_has_come()
    {
        var navigation = new CountedNavigation();
        Services.AddSingleton<NavigationManager>(navigation);
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var island = OpenIsland();
        await LoseAndRegainAsync();
        Assert.Equal(0, navigation.Loads);
        Pay(island);
        island.WaitForAssertion(() => Assert.Equal(1, navigation.Loads));

        await LoseAndRegainAsync();
        island.WaitForAssertion(() => Assert.Equal(2, navigation.Loads));

        island.Render(parameters => parameters.Add(component => component.Page, new CheckoutContext(Order.Value) { IsOver = true }));
        await LoseAndRegainAsync();
        Assert.Equal(2, navigation.Loads);
    }

    [Fact]
    public void On_the_orders_own_page_a_payment_needs_no_link_to_it()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingConfirmation));
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var island = Render<CheckoutIsland>(parameters => parameters
            .Add(component => component.Page, new CheckoutContext(Order.Value) { OnOrderPage = true }));

        new CheckoutScreen(island).Press("Finish payment");

        Assert.Empty(island.FindAll("a"));
    }

    [Fact]
    public void A_form_that_breaks_leaves_the_page_standing_and_says_where_to_look()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        Payments.WillFailToFindVersion(Order, new TimeoutException("The ledger does not answer."));

        var island = OpenUnheld(Order);

        var alert = island.Find("[role=alert]");
        Assert.Contains("Your order is kept and is charged at most once.", alert.Text(), StringComparison.Ordinal);
        Assert.Equal($"orders/{Order}", alert.QuerySelector("a")!.GetAttribute("href"));
        Assert.Empty(island.FindAll("form"));
    }

    [Fact]
    public void Another_order_gets_another_form_with_its_own_amount()
    {
        var other = OrderIn(PaymentState.AwaitingPayment) with { Order = new(OrderId.New(), "OTHER-ORDER", Money.OfMajor(1800, Currency.Jpy)) };
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var island = OpenIsland();
        Pay(island);
        Payments.Hold(other);
        Card.WillMakePaymentMethod("pm_2");

        island.Render(parameters => parameters.Add(component => component.Page, new CheckoutContext(other.Order.Id.Value)));
        Assert.Equal($"Pay {other.Order.Amount.Format(CultureInfo.CurrentCulture)}", new CheckoutScreen(island).PayLabel);
        Assert.Empty(island.FindAll("a"));
        Pay(island);

        Assert.Equal([Order, other.Order.Id], Payments.Paid.Select(attempt => attempt.Order));
        Assert.Equal(2, Browser.TimesMounted);
        Assert.Contains("module.release", Browser.Calls);
    }

    private static void Pay(IRenderedComponent<CheckoutIsland> island) => new CheckoutScreen(island).Pay();

    private IRenderedComponent<CheckoutIsland> OpenIsland(bool isDemo = false)
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        Card.WillMakePaymentMethod("pm_1");
        return OpenUnheld(Order, isDemo);
    }

    private IRenderedComponent<CheckoutIsland> OpenUnheld(OrderId order, bool isDemo = false) => Render<CheckoutIsland>(parameters => parameters
        .Add(component => component.Page, new CheckoutContext(order.Value) { IsDemo = isDemo }));
}
