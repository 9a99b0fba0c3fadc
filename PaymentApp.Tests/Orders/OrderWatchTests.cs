using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using PaymentApp.Orders.Pages;
using PaymentApp.Payments;
using PaymentApp.Tests.Checkout;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Orders;

/// <summary>Pages that stand open while a webhook, a look or another tab moves their order.</summary>
public sealed class OrderWatchTests : CheckoutFormContext
{
    private readonly CountedNavigation _navigation = new();

    public OrderWatchTests() => Services.AddSingleton<NavigationManager>(_navigation);

    [Fact]
    public void A_page_is_rendered_again_when_its_order_changes_and_not_after_it_was_left()
    {
        var watch = Watch(Payments.Hold(OrderIn(PaymentState.AwaitingPayment)));
        Assert.Equal(0, _navigation.Loads);

        Changes.Publish(PaymentChange.To(OrderIn(PaymentState.Paid) with { Order = new(OrderId.New(), "OTHER", Amount), Version = 9 }));
        Assert.Equal(0, _navigation.Loads);

        Become(OrderIn(PaymentState.Processing));
        watch.WaitForAssertion(() => Assert.Equal(1, _navigation.Loads));

        watch.Instance.Dispose();
        Become(OrderIn(PaymentState.Paid));
        Assert.Equal(1, _navigation.Loads);
    }

    [Fact]
    public void A_change_that_shows_what_the_page_shows_already_loads_nothing()
    {
        var shown = OrderIn(PaymentState.AwaitingPayment, withOpenStep: true);
        Watch(Payments.Hold(shown));

        for (var tries = 0; tries < 10; tries++)
            Become(shown);

        Assert.Equal(0, _navigation.Loads);
    }

    [Fact]
    public void A_page_that_cannot_show_what_changed_is_not_loaded_again_and_again()
    {
        Watch(Payments.Hold(OrderIn(PaymentState.AwaitingPayment)));

        for (var changes = 0; changes < 10; changes++)
            Become(OrderIn(PaymentState.Processing));

        Assert.Equal(1, _navigation.Loads);
    }

    [Fact]
    public void A_change_that_is_overtaken_by_a_later_one_is_not_shown()
    {
        var first = Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        var watch = Watch(first);
        var paid = PaymentChange.To(Payments.Hold(OrderIn(PaymentState.Paid)));
        Changes.Publish(paid);
        watch.Render(parameters => parameters.Add(page => page.Version, paid.Version).Add(page => page.Shown, paid.View));

        Changes.Publish(PaymentChange.To(OrderIn(PaymentState.Processing) with { Version = first.Version }));

        Assert.Equal(1, _navigation.Loads);
    }

    [Theory]
    [InlineData(PaymentState.AwaitingConfirmation, 0)]
    [InlineData(PaymentState.Paid, 1)]
    [InlineData(PaymentState.Canceled, 1)]
    public void A_page_with_a_form_waits_for_the_end_of_the_payment(PaymentState state, int navigations)
    {
        var watch = Watch(Payments.Hold(OrderIn(PaymentState.AwaitingAuthentication)), onlySettled: true);

        Become(OrderIn(state));

        watch.WaitForAssertion(() => Assert.Equal(navigations, _navigation.Loads));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_change_that_came_before_anyone_listened_is_not_missed(bool onlySettled)
    {
        var shown = Payments.Hold(OrderIn(PaymentState.Processing));
        Payments.Hold(OrderIn(PaymentState.Paid));

        var watch = Watch(shown, onlySettled);

        watch.WaitForAssertion(() => Assert.Equal(1, _navigation.Loads));
    }

    [Fact]
    public void A_circuit_that_opens_on_a_page_which_is_still_true_reads_one_number()
    {
        Watch(Payments.Hold(OrderIn(PaymentState.AwaitingPayment)));

        Assert.Equal((0, 1), (Payments.Lookups, Payments.VersionLookups));
    }

    [Fact]
    public async Task What_a_browser_was_asked_that_was_away_it_is_asked_again()
    {
        var watch = Watch(Payments.Hold(OrderIn(PaymentState.AwaitingPayment)));
        await LoseAndRegainAsync();
        Assert.Equal(0, _navigation.Loads);

        await Connection.OnConnectionDownAsync(null!, default);
        Become(OrderIn(PaymentState.Paid));
        watch.WaitForAssertion(() => Assert.Equal(1, _navigation.Loads));
        await Connection.OnConnectionUpAsync(null!, default);
        watch.WaitForAssertion(() => Assert.Equal(2, _navigation.Loads));

        watch.Instance.Dispose();
        await LoseAndRegainAsync();
        Assert.Equal(2, _navigation.Loads);
    }

    private void Become(Payment payment) => Changes.Publish(PaymentChange.To(Payments.Hold(payment)));

    private IRenderedComponent<OrderWatch> Watch(Payment shown, bool onlySettled = false) => Render<OrderWatch>(parameters => parameters
        .Add(page => page.Order, Order.Value)
        .Add(page => page.Version, shown.Version)
        .Add(page => page.Shown, PaymentView.Of(shown))
        .Add(page => page.OnlySettled, onlySettled));
}
