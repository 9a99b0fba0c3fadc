using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>A checkout whose scripts do not run, or whose connection is blocked, says what to do and offers nothing that does nothing.</summary>
public sealed class BlockedPageTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private Shop Shop => fixture.Shop;

    [Fact]
    public Task Without_JavaScript_nothing_turns_and_no_button_is_dead() => BrowserSession.RunAsync(
        async session =>
        {
            // Chromium tells of each preloaded script that it leaves out.
            session.Problems.Expect(".js: csp");
            var page = await session.Page.GotoAsync(await CheckoutScreen.PlaceAsync(Shop));

            Assert.Matches("<noscript[^>]*>\\s*<p[^>]*>Paying needs JavaScript", await page!.TextAsync());
            await Expect(session.Page.Locator("main button:visible, main input:visible, main select:visible, main label:visible, .spinner:visible")).ToHaveCountAsync(0);
            await Expect(session.Page.GetByText("Loading the card form")).ToBeHiddenAsync();
        },
        options => options.JavaScriptEnabled = false);

    [Theory]
    [InlineData("**/_blazor**")]
    [FullData("**/blazor.web*.js")]
    [FullData("**/CheckoutForm.*.js")]
    public Task What_is_blocked_does_not_load_for_ever(string blocked) => BrowserSession.RunAsync(async session =>
    {
        session.Problems.Expect("");
        await session.Page.RouteAsync(blocked, route => route.AbortAsync("blockedbyclient"));
        if (blocked.Contains("_blazor", StringComparison.Ordinal))
            await session.Page.RouteWebSocketAsync(blocked, socket => socket.CloseAsync());
        await session.Page.GotoAsync(await CheckoutScreen.PlaceAsync(Shop));
        var advice = session.Page.Locator(".checkout-stalled:visible, .checkout-alert .notice:visible");

        // Moves the style sheet's own clock on, where it waits.
        await session.Page.BecomesTrueAsync(
            "(document.getAnimations().filter(each => each.animationName?.startsWith('checkout-stalled')).forEach(each => each.finish()), "
            + "[...document.querySelectorAll('.checkout-stalled, .checkout-alert .notice')].some(each => getComputedStyle(each).visibility === 'visible'))");

        await Expect(advice).ToContainTextAsync("ad blocker");
    });

    [Fact]
    public Task A_form_that_loads_says_nothing_of_it() => BrowserSession.RunAsync(async session =>
    {
        await session.Page.GotoAsync(await CheckoutScreen.PlaceAsync(Shop));

        await Expect(session.Page.GetByRole(AriaRole.Button, new() { Name = "Pay" })).ToBeEnabledAsync();
        await Expect(session.Page.Locator(".checkout-stalled")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task A_click_that_has_not_come_to_the_server_yet_is_seen_all_the_same() => BrowserSession.RunAsync(async session =>
    {
        await session.Page.AddInitScriptAsync("""
            const { prototype } = WebSocket, send = prototype.send, held = [];
            globalThis.hold = () => { prototype.send = function (data) { held.push([this, data]); }; };
            globalThis.release = () => { prototype.send = send; held.forEach(([socket, data]) => socket.send(data)); };
            """);
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        var pressed = session.Page.Locator("form[data-pressed]");
        await checkout.Card.FillAsync("4000000000009995");
        await Expect(pressed).ToHaveCountAsync(0);

        await session.Page.EvaluateAsync("hold()");
        await checkout.PayButton.ClickAsync();
        await Expect(pressed).ToHaveCountAsync(1);

        await session.Page.EvaluateAsync("release()");
        await checkout.FailedAsync("enough funds");
        await Expect(pressed).ToHaveCountAsync(0);
    });
}
