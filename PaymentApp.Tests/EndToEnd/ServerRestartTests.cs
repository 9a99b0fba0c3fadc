using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>The shop's server dies while the shopper stands at the bank, and comes back.</summary>
public sealed class ServerRestartTests
{
    [FullTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_restarted_during_the_challenge_goes_on_with_the_payment(bool authenticatedMeanwhile)
    {
        await using var shop = await ShopProcess.StartAsync();
        await BrowserSession.RunAsync(async session =>
        {
            session.Problems.Expect("_blazor|WebSocket|ERR_CONNECTION|disconnect|reconnect|[Cc]onnection|negotiation|[Cc]ircuit");
            var checkout = await CheckoutScreen.BuyAsync(session, shop.Address);
            await checkout.PayWithAsync("4000002500003155");
            await checkout.Challenge.ShownAsync();
            var notice = new ConnectionNotice(session.Page);

            await shop.KillAsync();
            await Expect(notice.Trying).ToBeVisibleAsync();
            Assert.Equal(0, shop.ChargesFor(checkout.Order));
            await shop.RunAsync();
            await Expect(notice.Lost).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Expect(notice.Box).ToContainTextAsync("Finish what is open here: the page then reloads by itself.");
            await checkout.Challenge.ShownAsync();
            if (authenticatedMeanwhile)
                await checkout.Challenge.CompleteAsync();
            else
                await checkout.Challenge.CloseAsync();

            // The page tells what the ledger knows; going on asks Stripe.
            await checkout.ContinueButton.ClickAsync();
            if (!authenticatedMeanwhile)
                await PayAgainAsync(checkout);

            await checkout.PaidAsync();
            Assert.Equal(1, shop.ChargesFor(checkout.Order));
        });
    }

    [FullFact]
    public async Task A_page_whose_server_was_restarted_returns_by_itself()
    {
        await using var shop = await ShopProcess.StartAsync();
        await BrowserSession.RunAsync(async session =>
        {
            session.Problems.Expect("_blazor|WebSocket|ERR_CONNECTION|disconnect|reconnect|[Cc]onnection|negotiation|[Cc]ircuit");
            var checkout = await CheckoutScreen.BuyAsync(session, shop.Address);
            await session.Page.EvaluateAsync("document.documentElement.dataset.page = 'first'");

            await shop.KillAsync();
            await Expect(new ConnectionNotice(session.Page).Trying).ToBeVisibleAsync();
            await shop.RunAsync();

            await Expect(session.Page.Locator("html[data-page=first]")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
            await PayAgainAsync(checkout);
            await checkout.PaidAsync();
            Assert.Equal(1, shop.ChargesFor(checkout.Order));
        });
    }

    private static async Task PayAgainAsync(CheckoutScreen checkout)
    {
        await checkout.ReadyAsync();
        await checkout.PayWithAsync("4242424242424242");
    }
}
