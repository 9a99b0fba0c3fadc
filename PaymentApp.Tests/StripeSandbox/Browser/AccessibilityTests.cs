using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.StripeSandbox.Browser;

public sealed class AccessibilityTests
{
    [FullTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task The_banks_page_has_no_known_barrier(ColorScheme scheme) => BrowserSession.RunAsync(
        async browser =>
        {
            var host = await HostPage.OpenAsync(browser);
            var intent = await host.Api.CreateIntentAsync();
            await browser.Page.EvaluateAsync(
                "secret => { shop.start(); stripe.handleCardAction(secret); }", intent.GetProperty("client_secret").GetString());
            await new Challenge(browser.Page).ShownAsync();
            await ExpectNoBarrierAsync(browser.Page);
        },
        options =>
        {
            options.ColorScheme = scheme;
            options.ReducedMotion = ReducedMotion.Reduce;
            // The checker styles the page inline to measure it.
            options.BypassCSP = true;
        });

    [FullTheory]
    [FullData("4242424242424242")]
    [InlineData("4242424242424241")]
    public Task The_card_fields_have_no_known_barrier(string number) => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.FillAsync(number);
        await ExpectNoBarrierAsync(browser.Page);
    });

    private static async Task ExpectNoBarrierAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(Describe)));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => $"{node.Target} {node.Html}"))}";
}
