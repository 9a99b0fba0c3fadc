using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>The flow without a mouse, and what a screen reader is told.</summary>
public sealed class AccessibilityTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    public static TheoryData<ColorScheme, int> Looks { get; } = TestSize.Pairs([ColorScheme.Light, ColorScheme.Dark], [1280, 360]);

    private Shop Shop => fixture.Shop;

    [Fact]
    public Task A_shopper_pays_and_authenticates_by_keyboard_alone() => BrowserSession.RunAsync(async session =>
    {
        var page = session.Page;
        var keyboard = page.Keyboard;
        await page.GotoAsync(Shop.Address.ToString());
        await TabToAsync(page, page.GetByRole(AriaRole.Article).First.GetByRole(AriaRole.Button));
        await keyboard.PressAsync("Enter");
        var checkout = new CheckoutScreen(page, Shop);
        await checkout.ReadyAsync();

        await TabToAsync(page, checkout.Card.Frame);
        await Expect(checkout.Card.Number).ToBeFocusedAsync();
        await keyboard.TypeAsync("4000002500003155");
        await Expect(checkout.Card.Expiry).ToBeFocusedAsync();
        await keyboard.TypeAsync(CardElement.FutureExpiry);
        await Expect(checkout.Card.Cvc).ToBeFocusedAsync();
        await keyboard.TypeAsync("123");
        if (await checkout.Card.Postal.IsVisibleAsync())
        {
            await Expect(checkout.Card.Postal).ToBeFocusedAsync();
            await keyboard.TypeAsync("94107");
        }

        await keyboard.PressAsync("Tab");
        await Expect(checkout.PayButton).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");

        await checkout.Challenge.ShownAsync();
        for (var presses = 0; presses < 5 && !await HasFocusAsync(checkout.Challenge.CompleteButton); presses++)
            await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");

        await checkout.PaidAsync();
        await Expect(checkout.PaidHeading).ToBeFocusedAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });

    [Theory]
    [MemberData(nameof(Looks))]
    public Task No_page_breaks_an_accessibility_rule_or_is_wider_than_the_screen(ColorScheme scheme, int width) => BrowserSession.RunAsync(
        async session =>
        {
            var page = session.Page;
            await page.GotoAsync(Shop.Address.ToString());
            await Accessibility.CheckAsync(page);

            var checkout = await CheckoutScreen.BuyAsync(session, Shop);
            await Accessibility.CheckAsync(page);

            await checkout.PayWithAsync("4000000000009995");
            await checkout.FailedAsync("enough funds");
            await Accessibility.CheckAsync(page);

            await checkout.PayWithAsync("4000002500003155");
            await checkout.Challenge.ShownAsync();
            await Accessibility.CheckAsync(page);
            await checkout.Challenge.CompleteAsync();
            await checkout.PaidAsync();
            await Accessibility.CheckAsync(page);

            await page.GotoAsync(new Uri(Shop.Address, $"orders/{checkout.Order}").ToString());
            await Accessibility.CheckAsync(page);

            session.Problems.Expect("404");
            await page.GotoAsync(new Uri(Shop.Address, "orders/none").ToString());
            await Accessibility.CheckAsync(page);
        },
        options =>
        {
            options.ColorScheme = scheme;
            options.ReducedMotion = ReducedMotion.Reduce;
            options.ViewportSize = new() { Width = width, Height = 800 };
        });

    [Fact]
    public Task A_page_that_breaks_a_rule_or_is_too_wide_is_told_apart() => BrowserSession.RunAsync(async session =>
    {
        const string Sound = "<!DOCTYPE html><html lang='en'><title>A page</title><main><h1>A page</h1>";
        await session.Page.SetContentAsync(Sound);
        await Accessibility.CheckAsync(session.Page);

        await session.Page.SetContentAsync(Sound + "<button></button>");
        var rule = await Assert.ThrowsAnyAsync<Exception>(() => Accessibility.CheckAsync(session.Page));
        Assert.Contains("button-name", rule.Message, StringComparison.Ordinal);

        await session.Page.SetContentAsync(Sound + "<p style='width: 3000px'>Wide</p>");
        var width = await Assert.ThrowsAnyAsync<Exception>(() => Accessibility.CheckAsync(session.Page));
        Assert.Contains("wider", width.Message, StringComparison.Ordinal);
    });

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        for (var presses = 0; presses < 30; presses++)
        {
            if (await HasFocusAsync(target))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{target} cannot be reached with the Tab key.");
    }

    private static Task<bool> HasFocusAsync(ILocator target) => target.EvaluateAsync<bool>("element => element === document.activeElement");
}
