using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PaymentApp.Ledger;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>However a shopper clicks, reloads or opens tabs: an order is charged once.</summary>
public sealed class OneChargeTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private Shop Shop => fixture.Shop;

    [Fact]
    public Task A_double_click_pays_once() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.Card.FillAsync("4242424242424242");

        await checkout.PayButton.DblClickAsync();

        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
        Assert.Equal(1, (await Shop.BooksOfAsync(checkout.Order)).Attempts);
    });

    [Fact]
    public Task Two_tabs_that_pay_one_order_at_once_charge_it_once() => BrowserSession.RunAsync(async session =>
    {
        var first = await CheckoutScreen.BuyAsync(session, Shop);
        var second = new CheckoutScreen(await session.Context.NewPageAsync(), Shop);
        await second.Page.GotoAsync(first.Page.Url);
        await second.ReadyAsync();
        await first.Card.FillAsync("4242424242424242");
        await second.Card.FillAsync("5555555555554444");

        // The buttons are found before, and clicked where they are: what Playwright looks for when the other tab has paid is gone.
        var buttons = await Task.WhenAll(first.PayButton.ElementHandleAsync(), second.PayButton.ElementHandleAsync());
        await Task.WhenAll(buttons.Select(button => button.EvaluateAsync("button => button.click()")));

        await first.PaidAsync();
        await second.PaidAsync();
        await Shop.AssertPaidOnceAsync(first.Order);
    });

    [FullFact]
    public Task A_second_tab_may_pay_while_the_first_stands_at_the_bank() => BrowserSession.RunAsync(async session =>
    {
        var first = await CheckoutScreen.BuyAsync(session, Shop);
        await first.PayWithAsync("4000002500003155");
        await first.Challenge.ShownAsync();

        var second = new CheckoutScreen(await session.Context.NewPageAsync(), Shop);
        await second.Page.GotoAsync(first.Page.Url);
        await second.Page.GetByText("Use another card").ClickAsync();
        await second.ReadyAsync();
        await second.PayWithAsync("4242424242424242");
        await second.PaidAsync();

        // The bank's page in the first tab belongs to an attempt that another one has overtaken.
        session.Problems.Expect("three-ds|400");
        await first.Challenge.CompleteButton.ClickAsync();
        await first.PaidAsync();
        await Shop.AssertPaidOnceAsync(first.Order);
    });

    [Fact]
    public Task A_reload_during_the_challenge_leads_back_to_the_bank() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.ShownAsync();

        await session.Page.ReloadAsync();
        await checkout.ContinueButton.ClickAsync();
        await checkout.Challenge.CompleteAsync();

        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
        Assert.Equal(1, (await Shop.BooksOfAsync(checkout.Order)).Attempts);
    });

    [FullFact]
    public Task The_order_page_goes_on_with_a_payment_that_stopped_at_the_bank() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.ShownAsync();

        await session.Page.GotoAsync(new Uri(Shop.Address, $"orders/{checkout.Order}").ToString());
        await checkout.ContinueButton.ClickAsync();
        await checkout.Challenge.CompleteAsync();

        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });

    [FullFact]
    public Task The_order_page_finishes_a_payment_that_was_authenticated_and_left() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.ShownAsync();
        var intent = Assert.Single((await Shop.BooksOfAsync(checkout.Order)).Intents);
        var order = checkout.Order;
        await session.Page.GotoAsync("about:blank");
        await Shop.AuthenticateAsync(intent.Id);

        await session.Page.GotoAsync(new Uri(Shop.Address, $"orders/{order}").ToString());
        await checkout.ContinueButton.ClickAsync();

        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(order);
    });

    [FullFact]
    public Task A_card_that_was_given_up_is_not_charged_after_a_reload_whoever_looks() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        var (order, address) = (checkout.Order, session.Page.Url);
        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.ShownAsync();
        await session.Page.GotoAsync("about:blank");
        await Shop.AuthenticateAsync(Assert.Single((await Shop.BooksOfAsync(order)).Intents).Id);

        await session.Page.GotoAsync(address);
        await session.Page.GetByText("Use another card").ClickAsync();
        await checkout.ReadyAsync();
        await session.Page.ReloadAsync();
        await checkout.ReadyAsync();
        await using (var scope = Shop.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredKeyedService<IWorkHandler>(WorkKind.Look)
                .HandleAsync(new WorkItem(Id: 0, WorkKind.Look, order.Value, ClaimId: default, Revision: 0, Tries: 1, LastEndedAt: null));

        await Shop.AssertNotChargedAsync(order);
        await checkout.PayWithAsync("4242424242424242");
        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(order);
    });

    [Fact]
    public Task A_double_click_on_Buy_makes_one_order() => BrowserSession.RunAsync(async session =>
    {
        await session.Page.GotoAsync(Shop.Address.ToString());
        var before = await OrdersAsync();

        await session.Page.GetByRole(AriaRole.Article, new() { Name = "Tenugui towel" }).GetByRole(AriaRole.Button, new() { Name = "Buy" }).DblClickAsync();

        var checkout = new CheckoutScreen(session.Page, Shop);
        await checkout.ReadyAsync();
        Assert.Equal(before + 1, await OrdersAsync());
        await checkout.PayWithAsync("4242424242424242");
        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });

    [FullFact]
    public Task A_paid_order_offers_no_second_payment() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await checkout.PayWithAsync("4242424242424242");
        await checkout.PaidAsync();

        await session.Page.ReloadAsync();
        await checkout.PaidAsync();
        await Expect(checkout.PayButton).ToHaveCountAsync(0);

        await session.Page.GotoAsync(new Uri(Shop.Address, $"orders/{checkout.Order}").ToString());
        await checkout.PaidAsync();
        await Expect(session.Page.Locator(".order-page")).ToContainTextAsync("Visa ending in 4242");
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });

    [FullFact]
    public Task Enhanced_navigation_away_and_back_leaves_a_checkout_that_works() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        var address = session.Page.Url;
        await session.Page.EvaluateAsync("window.samePage = true");
        await checkout.Card.FillAsync("4242424242424242");

        await session.Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(session.Page.GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
        await session.Page.GoBackAsync();
        await Expect(session.Page).ToHaveURLAsync(address);
        await checkout.ReadyAsync();

        // Enhanced navigation it was: the document is the first one.
        Assert.True(await session.Page.EvaluateAsync<bool>("window.samePage === true"));
        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.CompleteAsync();
        await checkout.PaidAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });

    private async Task<int> OrdersAsync()
    {
        await using var ledger = await Shop.Services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContextAsync();
        return await ledger.Orders.CountAsync();
    }
}
