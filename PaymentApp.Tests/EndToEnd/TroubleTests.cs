using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>Stripe away, blocked or slow: the shopper is told, and tries again on the same page with the same order.</summary>
public sealed class TroubleTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private Shop Shop => fixture.Shop;

    [FullFact]
    public Task A_blocked_script_is_told_and_tried_again_without_a_reload() => BrowserSession.RunAsync(async session =>
    {
        session.Problems.Expect("stripe.js|ERR_FAILED|ERR_BLOCKED");
        await session.Page.RouteAsync("**/stripe.js", route => route.AbortAsync("blockedbyclient"));
        var checkout = new CheckoutScreen(session.Page, Shop);
        await session.Page.GotoAsync(Shop.Address.ToString());
        await session.Page.GetByRole(AriaRole.Article, new() { Name = "Desk lamp" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(checkout.Alert).ToContainTextAsync("could not be loaded");
        await session.Page.EvaluateAsync("window.samePage = true");

        await session.Page.UnrouteAsync("**/stripe.js");
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await checkout.ReadyAsync();
        await checkout.PayWithAsync("4242424242424242");

        await checkout.PaidAsync();
        Assert.True(await session.Page.EvaluateAsync<bool>("window.samePage === true"));
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });

    [FullFact]
    public Task A_browser_that_cannot_reach_Stripe_is_told_so_and_keeps_the_card() => BrowserSession.RunAsync(async session =>
    {
        session.Problems.Expect("payment_methods|ERR_");
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await session.Page.RouteAsync("**/v1/payment_methods", route => route.AbortAsync("connectionrefused"));

        await checkout.PayWithAsync("4242424242424242");
        await Expect(checkout.Alert).Not.ToBeEmptyAsync();
        await checkout.ReadyAsync();
        await Shop.AssertNotChargedAsync(checkout.Order);

        await session.Page.UnrouteAsync("**/v1/payment_methods");
        await checkout.PayButton.ClickAsync();
        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });

    [Fact]
    public async Task A_server_that_cannot_reach_Stripe_says_that_nothing_was_charged_and_goes_on_when_it_can()
    {
        var network = new Network();
        await using var shop = await Shop.OpenAsync(
            configure: services => services.AddHttpClient(StripeHosting.HttpClientName).AddHttpMessageHandler(() => network.Cable()));
        await BrowserSession.RunAsync(async session =>
        {
            var checkout = await CheckoutScreen.BuyAsync(session, shop);
            network.IsDown = true;

            await checkout.PayWithAsync("4242424242424242");
            await checkout.FailedAsync("You have not been charged");
            await shop.AssertNotChargedAsync(checkout.Order);

            network.IsDown = false;
            await checkout.PayButton.ClickAsync();
            await checkout.PaidAsync();
            await shop.AssertPaidOnceAsync(checkout.Order);
        });
    }

    /// <summary>The way from the shop's server to Stripe.</summary>
    private sealed class Network
    {
        public bool IsDown { get; set; }

        public DelegatingHandler Cable() => new Switch(this);

        private sealed class Switch(Network network) : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                network.IsDown
                    ? throw new HttpRequestException(HttpRequestError.ConnectionError, "The cable is out.")
                    : base.SendAsync(request, cancellationToken);
        }
    }
}
