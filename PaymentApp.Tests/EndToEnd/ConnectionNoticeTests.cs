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
    public static TheoryData<ColorScheme, int> Looks { get; } = TestSize.Pairs([ColorScheme.Light, ColorScheme.Dark], [1000, 390]);

    [FullTheory]
    [MemberData(nameof(Looks))]
    public async Task It_reassures_first_then_reloads_the_page_once_and_after_that_only_offers_to(ColorScheme scheme, int width)
    {
        var line = new ShopLine();
        await using var shop = await Shop.OpenAsync(configure: services => services
            .AddSingleton<CircuitHandler>(line)
            .Configure<CircuitOptions>(circuits =>
            {
                circuits.DisconnectedCircuitMaxRetained = 0;
                circuits.PersistedCircuitInMemoryMaxRetained = 0;
            }));
        await BrowserSession.RunAsync(
            async session =>
            {
                await line.LayAsync(session);
                var checkout = await CheckoutScreen.BuyAsync(session, shop);
                var notice = new ConnectionNotice(session.Page);
                await Expect(notice.Box).ToBeHiddenAsync();

                await line.CutAsync(untilTheCircuitIsGone: true);
                await Expect(notice.Trying).ToBeVisibleAsync();
                await Expect(notice.Box).ToContainTextAsync("A payment that has begun goes on safely without this page.");
                await LookAsync(session.Page, $"reconnecting-{scheme}-{width}");

                await MarkAsync(session.Page);
                line.Mend();
                await ReloadedAsync(session.Page);
                await checkout.ReadyAsync();

                // A server that forgets at once would be asked for the page for ever.
                await MarkAsync(session.Page);
                await line.CutAsync(untilTheCircuitIsGone: true);
                line.Mend();
                await Expect(notice.Lost).ToBeVisibleAsync();
                await Expect(notice.Trying).ToBeHiddenAsync();
                await Expect(notice.Box).ToContainTextAsync("Reload to see how it stands.");
                await LookAsync(session.Page, $"connection-lost-{scheme}-{width}");
                await Expect(session.Page.Locator("html[data-page=first]")).ToHaveCountAsync(1);

                await notice.ReloadAsync();
                await ReloadedAsync(session.Page);
                await Expect(notice.Box).ToBeHiddenAsync();
                await checkout.ReadyAsync();
            },
            options =>
            {
                options.ColorScheme = scheme;
                options.ReducedMotion = ReducedMotion.Reduce;
                options.ViewportSize = new() { Width = width, Height = 800 };
            });
    }

    private static async Task MarkAsync(IPage page) => await page.EvaluateAsync("document.documentElement.dataset.page = 'first'");

    private static Task ReloadedAsync(IPage page) => Expect(page.Locator("html[data-page=first]")).ToHaveCountAsync(0);

    private static async Task LookAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(BrowserSession.ArtifactsFolder(), "screenshots", name + ".png"),
            Animations = ScreenshotAnimations.Disabled,
        });
        await Accessibility.CheckRulesAsync(page, name, "#components-reconnect-modal");
    }
}
