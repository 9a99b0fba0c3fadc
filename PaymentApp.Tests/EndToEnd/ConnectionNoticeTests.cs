using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>The notice of a lost connection can be read in both themes and leaves the page usable; pictures go to <c>artifacts/screenshots</c>.</summary>
public sealed class ConnectionNoticeTests
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task It_reassures_first_and_then_offers_to_reload(ColorScheme scheme)
    {
        var line = new ShopLine();
        await using var shop = await Shop.OpenAsync(configure: services => services
            .AddSingleton<CircuitHandler>(line)
            .Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitMaxRetained = 0));
        await BrowserSession.RunAsync(
            async session =>
            {
                await line.LayAsync(session);
                await CheckoutScreen.BuyAsync(session, shop);
                var notice = new ConnectionNotice(session.Page);
                await Expect(notice.Box).ToBeHiddenAsync();

                await line.CutAsync(untilTheCircuitIsGone: true);
                await Expect(notice.Trying).ToBeVisibleAsync();
                await Expect(notice.Box).ToContainTextAsync("A payment that has begun goes on safely without this page.");
                await LookAsync(session.Page, $"reconnecting-{scheme}");

                line.Mend();
                await Expect(notice.Lost).ToBeVisibleAsync();
                await Expect(notice.Trying).ToBeHiddenAsync();
                await LookAsync(session.Page, $"connection-lost-{scheme}");

                await notice.ReloadAsync();
                await Expect(notice.Box).ToBeHiddenAsync();
            },
            options =>
            {
                options.ColorScheme = scheme;
                options.ReducedMotion = ReducedMotion.Reduce;
            });
    }

    private static async Task LookAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(BrowserSession.ArtifactsFolder(), "screenshots", name + ".png"),
            Animations = ScreenshotAnimations.Disabled,
        });
        var result = await page.Locator("#components-reconnect-modal").RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(violation => $"{violation.Id}: {violation.Help}")));
    }
}
