using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>A browser that shows a page from its memory, or whose clock is years off, tells the truth and pays.</summary>
public sealed class StrangeBrowserTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    /// <summary>What a browser does that takes a page out of its back/forward cache: scripts, sockets and all are as they were.</summary>
    private const string Restore = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))";

    private Shop Shop => fixture.Shop;

    [Fact]
    public Task A_page_from_the_back_forward_cache_tells_what_became_of_the_payment_since() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        var order = checkout.Order;
        await checkout.PayWithAsync("4242424242424242");
        await checkout.PaidAsync();
        await session.Page.GotoAsync(new Uri(Shop.Address, $"orders/{order}").ToString());
        await using (var scope = Shop.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IPaymentOperations>()
                .RefundAsync(order, amount: null, RefundReason.RequestedByCustomer, PaymentActor.Operator);
        }

        await Expect(session.Page.Locator("h1")).ToHaveTextAsync("Payment complete");
        await session.Page.EvaluateAsync(Restore);

        await Expect(session.Page.Locator("h1")).ToHaveTextAsync("Returned in full");
    });

    [FullFact]
    public Task A_shop_from_the_back_forward_cache_sells_a_second_order() => BrowserSession.RunAsync(async session =>
    {
        await session.Page.GotoAsync(Shop.Address.ToString());
        var purchase = session.Page.Locator("input[name=purchase]");
        var first = await purchase.InputValueAsync();

        await session.Page.EvaluateAsync(Restore);

        await Expect(purchase).Not.ToHaveValueAsync(first);
    });

    [FullFact]
    public Task A_page_that_is_opened_loads_once() => BrowserSession.RunAsync(async session =>
    {
        var loads = 0;
        session.Page.Load += (_, _) => loads++;

        await CheckoutScreen.BuyAsync(session, Shop);

        Assert.Equal(1, loads);
    });

    [FullTheory]
    [InlineData(-10)]
    [FullData(10)]
    public Task A_clock_that_is_years_off_changes_neither_payment_nor_times(int years) => BrowserSession.RunAsync(async session =>
    {
        await session.Page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddYears(years));
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        Assert.Equal(DateTime.UtcNow.Year + years, await session.Page.EvaluateAsync<int>("new Date().getUTCFullYear()"));

        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.CompleteAsync();
        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);

        await session.Page.GotoAsync(new Uri(Shop.Address, $"orders/{checkout.Order}").ToString());
        foreach (var time in await session.Page.Locator("dl time").AllAsync())
            await Expect(time).ToContainTextAsync(DateTime.UtcNow.Year.ToString(CultureInfo.InvariantCulture));
    });

    [FullFact]
    public Task A_card_that_the_issuer_takes_for_expired_is_declined_whatever_the_browsers_clock_says() => BrowserSession.RunAsync(async session =>
    {
        session.Problems.Expect("402");
        await session.Page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddYears(-10));
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);

        await checkout.Card.FillAsync("4242424242424242", expiry: $"12{(DateTime.UtcNow.Year - 2) % 100:00}");
        await checkout.PayButton.ClickAsync();

        await checkout.FailedAsync("expir");
    });
}
