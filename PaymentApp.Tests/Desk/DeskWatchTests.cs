using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PaymentApp.Checkout;
using PaymentApp.Desk.Pages;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Desk;

/// <summary>Pages of the desk that stand open while orders change.</summary>
public sealed class DeskWatchTests : BunitContext
{
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = TestClock.Create();
    private readonly OrderChanges _changes = new();

    private readonly CountingNavigation _navigation = new();
    private readonly BrowserConnection _browser;

    public DeskWatchTests() => Services.AddSingleton(_changes).AddSingleton<TimeProvider>(_clock).AddSingleton<NavigationManager>(_navigation)
        .AddSingleton(_browser = new BrowserConnection(_clock));

    private int Refreshes => _navigation.Refreshes;

    [Fact]
    public void A_list_is_rendered_again_every_five_seconds_however_many_orders_change()
    {
        var watch = WatchList();

        for (var change = 0; change < 100; change++)
            Change(OrderId.New());
        Assert.Equal(0, Refreshes);
        _clock.Advance(ASecond);
        Assert.Equal(0, Refreshes);

        _clock.Advance(FiveSeconds);
        watch.WaitForAssertion(() => Assert.Equal(1, Refreshes));
        _clock.Advance(FiveSeconds);
        Assert.Equal(1, Refreshes);

        Change(OrderId.New());
        _clock.Advance(FiveSeconds);
        watch.WaitForAssertion(() => Assert.Equal(2, Refreshes));
    }

    [Fact]
    public void A_payments_page_hears_of_its_order_alone()
    {
        var order = OrderId.New();
        var watch = WatchOne(order, _changes.Mark);

        Change(OrderId.New());
        _clock.Advance(ASecond);
        Assert.Equal(0, Refreshes);

        Change(order);
        _clock.Advance(ASecond);
        watch.WaitForAssertion(() => Assert.Equal(1, Refreshes));
    }

    /// <summary>Such as the end of a refund that was refused.</summary>
    [Fact]
    public void A_payments_page_hears_of_what_no_shopper_sees()
    {
        var order = OrderId.New();
        var shoppers = 0;
        using var page = _changes.Subscribe(order, version: 1, _ => shoppers++);
        var watch = WatchOne(order, _changes.Mark);

        Change(order, isDetail: true);
        _clock.Advance(ASecond);

        watch.WaitForAssertion(() => Assert.Equal(1, Refreshes));
        Assert.Equal(0, shoppers);
    }

    [Fact]
    public void A_payments_page_hears_of_what_came_before_its_circuit()
    {
        var order = OrderId.New();
        var mark = _changes.Mark;
        Change(order);
        var watch = WatchOne(order, mark);

        _clock.Advance(ASecond);

        watch.WaitForAssertion(() => Assert.Equal(1, Refreshes));
    }

    [Fact]
    public async Task A_page_whose_browser_was_away_is_rendered_again()
    {
        var watch = WatchList();

        await _browser.OnConnectionDownAsync(null!, default);
        await _browser.OnConnectionUpAsync(null!, default);
        _clock.Advance(FiveSeconds);

        watch.WaitForAssertion(() => Assert.Equal(1, Refreshes));
    }

    [Fact]
    public void A_list_hears_of_what_came_before_its_circuit()
    {
        var mark = _changes.Mark;
        Change(OrderId.New());
        var watch = WatchList(mark);

        _clock.Advance(FiveSeconds);
        watch.WaitForAssertion(() => Assert.Equal(1, Refreshes));

        _clock.Advance(FiveSeconds);
        Assert.Equal(1, Refreshes);
    }

    /// <summary>As when its node has died.</summary>
    [Fact]
    public void A_list_that_another_process_read_is_rendered_again()
    {
        var watch = WatchList(new OrderChanges().Mark);

        _clock.Advance(FiveSeconds);

        watch.WaitForAssertion(() => Assert.Equal(1, Refreshes));
    }

    [Fact]
    public void A_list_is_left_as_it_is_while_nothing_changes()
    {
        WatchList();

        _clock.Advance(FiveSeconds);
        _clock.Advance(FiveSeconds);

        Assert.Equal(0, Refreshes);
    }

    /// <summary>An item that has waited for too long, or that was parked, is no change of an order.</summary>
    [Fact]
    public void A_page_that_shows_what_comes_of_itself_is_rendered_again_every_so_often()
    {
        var watch = Render<DeskWatch>(parameters => parameters
            .Add(component => component.Mark, _changes.Mark)
            .Add(component => component.AtMost, TimeSpan.FromMinutes(1)));

        for (var minute = 1; minute < 4; minute++)
        {
            _clock.Advance(TimeSpan.FromSeconds(59));
            Assert.Equal(minute - 1, Refreshes);
            _clock.Advance(ASecond);
            watch.WaitForAssertion(() => Assert.Equal(minute, Refreshes));
        }

        Change(OrderId.New());
        _clock.Advance(FiveSeconds);
        watch.WaitForAssertion(() => Assert.Equal(4, Refreshes));
    }

    [Fact]
    public void A_page_that_was_left_hears_nothing()
    {
        var watch = WatchList();
        Change(OrderId.New());

        watch.Instance.Dispose();
        Change(OrderId.New());
        _clock.Advance(FiveSeconds);

        Assert.Equal(0, Refreshes);
    }

    private IRenderedComponent<DeskWatch> WatchList(string? mark = null) =>
        Render<DeskWatch>(parameters => parameters.Add(component => component.Mark, mark ?? _changes.Mark));

    private IRenderedComponent<DeskWatch> WatchOne(OrderId order, string mark) => Render<DeskWatch>(parameters => parameters
        .Add(component => component.Order, order.Value)
        .Add(component => component.Version, 1)
        .Add(component => component.Mark, mark));

    private void Change(OrderId order, bool isDetail = false) => _changes.Publish(
        PaymentChange.To(new Payment(
            new PayableOrder(order, "ORDER", Money.OfMajor(49, Currency.Usd)), PaymentState.Paid, null, 0, null, null, null, Version: 1)),
        isDetail);

    private sealed class CountingNavigation : NavigationManager
    {
        public CountingNavigation() => Initialize("http://localhost/", "http://localhost/desk");

        public int Refreshes { get; private set; }

        public override void Refresh(bool forceReload = false) => Refreshes++;
    }
}
