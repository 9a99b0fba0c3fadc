using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Checkout;
using PaymentApp.Orders.Pages;
using PaymentApp.Payments;
using PaymentApp.Tests.Checkout;

namespace PaymentApp.Tests.Orders;

/// <summary>Pages and forms that stand open while a webhook, the sweeper or another tab moves their order.</summary>
public sealed class OrderWatchTests : CheckoutFormContext
{
    private IReadOnlyCollection<NavigationHistory> Navigations => Services.GetRequiredService<BunitNavigationManager>().History;

    [Fact]
    public void A_page_is_rendered_again_when_its_order_changes_and_not_after_it_was_left()
    {
        Payments.HoldUnrefreshed(OrderIn(PaymentState.AwaitingPayment));
        var watch = Watch(PaymentState.AwaitingPayment);
        Assert.Empty(Navigations);
        Payments.HoldUnrefreshed(OrderIn(PaymentState.Paid));

        Changes.Publish(OrderId.New());
        Assert.Empty(Navigations);

        Changes.Publish(Order);
        watch.WaitForAssertion(() => Assert.Single(Navigations));

        watch.Instance.Dispose();
        Changes.Publish(Order);
        Assert.Single(Navigations);
    }

    [Theory]
    [InlineData(PaymentState.AwaitingConfirmation, 0)]
    [InlineData(PaymentState.Paid, 1)]
    [InlineData(PaymentState.Canceled, 1)]
    public void A_page_with_a_form_waits_for_the_end_of_the_payment(PaymentState state, int navigations)
    {
        Payments.HoldUnrefreshed(OrderIn(PaymentState.AwaitingAuthentication));
        var watch = Watch(PaymentState.AwaitingAuthentication, onlyTheEnd: true);
        Payments.HoldUnrefreshed(OrderIn(state));

        Changes.Publish(Order);

        watch.WaitForAssertion(() => Assert.Equal(navigations, Navigations.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_change_that_came_before_anyone_listened_is_not_missed(bool onlyTheEnd)
    {
        Payments.HoldUnrefreshed(OrderIn(PaymentState.Paid));

        var watch = Watch(PaymentState.Processing, onlyTheEnd);

        watch.WaitForAssertion(() => Assert.Single(Navigations));
    }

    [Fact]
    public async Task A_form_that_waits_for_the_bank_shows_the_payment_that_a_webhook_told_of()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingConfirmation));
        var form = new CheckoutScreen(Render<CheckoutForm>(parameters => parameters.Add(component => component.Order, Order)));
        Payments.HoldUnrefreshed(OrderIn(PaymentState.Paid));

        Changes.Publish(Order);

        await form.UntilAsync(screen => Assert.Contains("Payment complete", screen.Text, StringComparison.Ordinal));
    }

    private IRenderedComponent<OrderWatch> Watch(PaymentState shown, bool onlyTheEnd = false) => Render<OrderWatch>(parameters => parameters
        .Add(component => component.Order, Order.Value)
        .Add(component => component.Shown, shown)
        .Add(component => component.OnlyTheEnd, onlyTheEnd));
}
