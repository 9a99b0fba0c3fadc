using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Checkout;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>Pages and forms that stand open while a webhook, the sweeper or another tab moves their order.</summary>
public sealed class OrderWatchTests : CheckoutFormContext
{
    private IReadOnlyCollection<NavigationHistory> Navigations => Services.GetRequiredService<BunitNavigationManager>().History;

    [Fact]
    public void A_page_is_rendered_again_when_its_order_changes_and_not_after_it_was_left()
    {
        Payments.HoldUnrefreshed(OrderIn(PaymentState.AwaitingPayment));
        var watch = Render<OrderWatch>(parameters => parameters.Add(component => component.Order, Order.Value));
        Assert.Empty(Navigations);

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
        Payments.HoldUnrefreshed(OrderIn(state));
        var watch = Render<OrderWatch>(parameters => parameters
            .Add(component => component.Order, Order.Value).Add(component => component.OnlyTheEnd, true));

        Changes.Publish(Order);

        watch.WaitForAssertion(() => Assert.Equal(navigations, Navigations.Count));
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
}
