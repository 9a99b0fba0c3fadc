using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>What every page must hold: no rule of axe is broken, and nothing is wider than the screen.</summary>
internal static class Accessibility
{
    // What is inside Stripe's frames is Stripe's: the shop cannot change it.
    private static readonly AxeRunContext OwnContent = new() { Exclude = [new("iframe[name^='__privateStripe']"), new("iframe[src*='three-ds']")] };

    /// <param name="page">What is checked, as it stands.</param>
    /// <param name="name">What a failure calls it; null for its address.</param>
    public static async Task CheckAsync(IPage page, string? name = null)
    {
        name ??= page.Url;
        var result = await page.RunAxe(OwnContent);
        Assert.True(
            result.Violations.Length == 0,
            string.Join('\n', result.Violations.Select(violation =>
                $"{name}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")));
        var width = page.ViewportSize!.Width;
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} is wider than {width} pixels.");
    }
}
