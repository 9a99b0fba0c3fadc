using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>Somebody whose system is light and who wants the shop dark, or the other way round.</summary>
public sealed class ThemeTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private const string Light = "rgb(245, 246, 249)";
    private const string Dark = "rgb(14, 17, 27)";

    [Theory]
    [FullData(ColorScheme.Dark, "light", Light, "rgb(23, 28, 48)")]
    [InlineData(ColorScheme.Light, "dark", Dark, "rgb(236, 239, 248)")]
    public Task A_chosen_theme_reaches_page_and_card_field_and_lasts_past_a_payment(ColorScheme system, string theme, string page, string text) =>
        BrowserSession.RunAsync(
            async session =>
            {
                var checkout = await CheckoutScreen.BuyAsync(session, fixture.Shop);
                var root = session.Page.Locator("html");
                await Expect(root).ToHaveCSSAsync("background-color", system == ColorScheme.Dark ? Dark : Light);

                await session.Page.GetByLabel("Theme").SelectOptionAsync(theme);
                await session.Page.GetByRole(AriaRole.Button, new() { Name = "Choose" }).ClickAsync();

                await Expect(root).ToHaveCSSAsync("background-color", page);
                await checkout.ReadyAsync();
                await Expect(checkout.Card.Number).ToHaveCSSAsync("color", text);
                await session.Page.EmulateMediaAsync(new() { Media = Media.Print });
                await Expect(root).Not.ToHaveCSSAsync("background-color", Dark);
                await session.Page.EmulateMediaAsync(new() { Media = Media.Screen });
                await ScreenshotTests.TakeAsync(session.Page, $"checkout-{theme}-by-choice", isForReadme: false);

                await checkout.PayWithAsync("4242424242424242");
                await checkout.PaidAsync();
                await Expect(root).ToHaveCSSAsync("background-color", page);

                await session.Page.GetByLabel("Theme").SelectOptionAsync("system");
                await session.Page.GetByRole(AriaRole.Button, new() { Name = "Choose" }).ClickAsync();
                await Expect(root).ToHaveCSSAsync("background-color", system == ColorScheme.Dark ? Dark : Light);
                await Expect(checkout.PaidHeading).ToBeVisibleAsync();
            },
            options => options.ColorScheme = system);
}
