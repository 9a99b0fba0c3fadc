using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>What every page must hold: no rule of axe is broken, and nothing is wider than the screen.</summary>
internal static class Accessibility
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <param name="page">What is checked, as it stands; what is inside frames is Stripe's, and the shop cannot change it.</param>
    /// <param name="name">What a failure calls it; null for its address.</param>
    public static async Task CheckAsync(IPage page, string? name = null)
    {
        name ??= page.Url;
        await CheckRulesAsync(page, name);
        var width = page.ViewportSize!.Width;
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} is wider than {width} pixels.");
    }

    /// <summary>Checks the rules alone, of the page or of what a selector finds on it.</summary>
    // Deque's own RunAxe loads axe into every frame each time, and once more into a page that it opens to put the answers together.
    public static async Task CheckRulesAsync(IPage page, string name, string? selector = null)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(Axe);
        var violations = await page.EvaluateAsync<string[]>(
            """
            async selector => {
              const { violations } = await axe.run(selector ?? document, { iframes: false, resultTypes: ['violations'] });
              return violations.map(rule => `${rule.id}: ${rule.help}: ${rule.nodes.map(node => node.html).join(' | ')}`);
            }
            """,
            selector);
        Assert.True(violations.Length == 0, string.Join('\n', violations.Select(violation => $"{name}: {violation}")));
    }
}
