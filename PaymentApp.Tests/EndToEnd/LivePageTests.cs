using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>Pages that stand open tell what became of their order without being asked.</summary>
public sealed class LivePageTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private Shop Shop => fixture.Shop;

    [Fact]
    public Task An_open_order_page_turns_paid_when_another_tab_pays() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        var orderPage = new CheckoutScreen(await session.Context.NewPageAsync(), Shop);
        await orderPage.Page.GotoAsync(new Uri(Shop.Address, $"orders/{checkout.Order}").ToString());
        await Expect(orderPage.Page.GetByText("Pay now")).ToBeVisibleAsync();
        await orderPage.Page.EvaluateAsync("window.samePage = true");

        await checkout.PayWithAsync("4242424242424242");

        await orderPage.PaidAsync();
        Assert.True(await orderPage.Page.EvaluateAsync<bool>("window.samePage === true"));
    });

    /// <summary>
    /// Without a key of its own, Blazor takes an interactive component for a new one whose parameters have changed, and what a page
    /// knows of its payment is one of them.
    /// </summary>
    [Fact]
    public async Task The_form_on_an_orders_page_stays_when_the_page_is_rendered_again()
    {
        await using var shop = await ManualShop.OpenAsync();
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        using var client = new HttpClient { BaseAddress = shop.Shop.Address };

        var page = await client.GetStringAsync(new Uri($"orders/{order}", UriKind.Relative));

        Assert.Contains($"\"formattedComponentKey\":\"{order}\"", page, StringComparison.Ordinal);
    }

    [FullFact]
    public Task An_open_checkout_turns_paid_when_another_tab_pays() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        var other = new CheckoutScreen(await session.Context.NewPageAsync(), Shop);
        await other.Page.GotoAsync(session.Page.Url);
        await other.ReadyAsync();

        await checkout.PayWithAsync("4242424242424242");

        await other.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });
}
