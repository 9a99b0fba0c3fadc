using System.Net;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Checkout;
using PaymentApp.Orders.Pages;
using PaymentApp.Payments;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Orders;

/// <summary>However many pages of an order are open, Stripe hears as much of it as with none (invariant 11).</summary>
public sealed class LookingIsFreeTests
{
    [Theory]
    [InlineData("refund")]
    [InlineData("create")]
    public async Task A_page_of_an_order_in_trouble_is_read_from_the_ledger_alone(string trouble)
    {
        var calls = new GatewayCalls();
        await using var shop = await ManualShop.OpenAsync(calls.Count);
        var order = await TroubleAsync(shop, calls, trouble);
        var version = (await shop.FindAsync(order)).Version;
        using var visitor = Visitor.At(shop.Shop.Address);
        calls.Reset();

        for (var load = 0; load < 10; load++)
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/orders/{order}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/checkout/{order}")).Status);
        }

        Assert.Equal(0, calls.Made);
        Assert.Equal(version, (await shop.FindAsync(order)).Version);
    }

    [Theory]
    [InlineData("refund")]
    [FullData("create")]
    public async Task Two_hundred_open_pages_and_circuits_cost_Stripe_no_call_in_an_hour(string trouble)
    {
        var unwatched = await WatchAsync(trouble, viewers: 0);
        var watched = await WatchAsync(trouble, viewers: 100);

        Assert.True(unwatched.Calls > 3, $"Only {unwatched.Calls} calls: nothing was looked at.");
        Assert.Equal(unwatched.Calls, watched.Calls);
        Assert.Equal(0, watched.Loads);
    }

    [Fact]
    public async Task An_open_page_is_loaded_again_once_for_what_there_is_to_show()
    {
        var calls = new GatewayCalls();
        await using var shop = await ManualShop.OpenAsync(calls.Count);
        var order = await TroubleAsync(shop, calls, "create");
        await using var circuits = new Circuits(shop, order);
        await circuits.OpenAsync(await shop.FindAsync(order), viewers: 3);

        calls.IsAway = false;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await shop.WhileTimePassesAsync(shop.LookAtDueAsync()));

        Assert.Equal(PaymentState.Paid, (await shop.FindAsync(order)).State);
        await Eventually.TrueAsync(() => circuits.Loads == 3);
        await Eventually.TrueAsync(() => circuits.PaidForms == 3);
    }

    /// <summary>An hour in the life of an order in trouble, with so many order pages and so many checkouts open on it.</summary>
    private static async Task<(int Calls, int Loads)> WatchAsync(string trouble, int viewers)
    {
        var calls = new GatewayCalls();
        await using var shop = await ManualShop.OpenAsync(calls.Count);
        var order = await TroubleAsync(shop, calls, trouble);
        await using var circuits = new Circuits(shop, order);
        using var visitor = Visitor.At(shop.Shop.Address);
        await circuits.OpenAsync(await shop.FindAsync(order), viewers);
        calls.Reset();

        for (var minute = 0; minute < 58; minute++)
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            await shop.WhileTimePassesAsync(shop.LookAtDueAsync());
            if (viewers > 0)
                await visitor.GetAsync($"/{(minute % 2 == 0 ? "orders" : "checkout")}/{order}");
        }

        return (calls.Made, circuits.Loads);
    }

    /// <summary>Circuits of open pages, on the services of a shop.</summary>
    private sealed class Circuits : IAsyncDisposable
    {
        private readonly BunitContext _context = new();
        private readonly CountedNavigation _navigation = new();
        private readonly AsyncServiceScope _scope;
        private readonly OrderId _order;
        private readonly List<IRenderedComponent<CheckoutForm>> _forms = [];

        public Circuits(ManualShop shop, OrderId order)
        {
            _order = order;
            _scope = shop.Services.CreateAsyncScope();
            _context.JSInterop.Mode = JSRuntimeMode.Loose;
            _context.AddBunitPersistentComponentState();
            _context.Services.AddSingleton(new StripeJsSettings(new Uri("https://js.stripe.example/stripe.js"), "pk_test_shop"));
            _context.Services.AddSingleton<NavigationManager>(_navigation);
            _context.Services.AddFallbackServiceProvider(_scope.ServiceProvider);
        }

        /// <summary>How often a page was loaded anew.</summary>
        public int Loads => _navigation.Loads;

        public int PaidForms => _forms.Count(form => form.Markup.Contains("Payment complete", StringComparison.Ordinal));

        public Task OpenAsync(Payment shown, int viewers) => _context.Renderer.Dispatcher.InvokeAsync(() =>
        {
            for (var viewer = 0; viewer < viewers; viewer++)
            {
                _context.Render<OrderWatch>(page => page
                    .Add(watch => watch.Order, _order.Value)
                    .Add(watch => watch.Version, shown.Version)
                    .Add(watch => watch.Shown, PaymentView.Of(shown))
                    .Add(watch => watch.OnlySettled, true));
                _forms.Add(_context.Render<CheckoutForm>(page => page.Add(form => form.Order, _order)));
            }
        });

        public async ValueTask DisposeAsync()
        {
            await _context.DisposeComponentsAsync();
            await _context.DisposeAsync();
            await _scope.DisposeAsync();
        }
    }

    /// <summary>An order with a step whose outcome Stripe does not tell.</summary>
    private static async Task<OrderId> TroubleAsync(ManualShop shop, GatewayCalls calls, string trouble)
    {
        var order = await shop.OrderAsync();
        if (trouble == "refund")
        {
            Assert.IsType<PaymentOutcome.Succeeded>(await shop.PayAsync(order, ManualShop.GoodCard));
            calls.IsAway = true;
            Assert.IsType<OperationOutcome.Unknown>(await shop.OperateAsync(operations =>
                operations.RefundAsync(order, Money.OfMajor(7, Currency.Usd), RefundReason.RequestedByCustomer, PaymentActor.Operator)));
        }
        else
        {
            calls.IsAway = true;
            Assert.IsType<PaymentOutcome.Unknown>(await shop.PayAsync(order, ManualShop.GoodCard));
        }

        return order;
    }
}
