using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>
/// A browser that translates the page puts each text into elements of its own, and replaces the texts that Blazor wrote:
/// what changes on the page must be seen all the same.
/// </summary>
public sealed class TranslatedPageTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    /// <summary>What Chromium's translation does to a page: each text is copied into two nested elements that take its place.</summary>
    private const string Translate = """
        () => {
          const translate = root => {
            const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            const found = [];
            while (texts.nextNode()) found.push(texts.currentNode);
            for (const text of found) {
              if (!text.data.trim() || text.parentElement.closest('font, script, style')) continue;
              const outer = document.createElement('font');
              const inner = outer.appendChild(document.createElement('font'));
              inner.textContent = text.data;
              text.replaceWith(outer);
            }
          };
          translate(document.body);
          new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
            if (node.isConnected) translate(node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
          }))).observe(document.body, { childList: true, subtree: true });
        }
        """;

    private Shop Shop => fixture.Shop;

    [FullFact]
    public Task Each_step_of_a_payment_is_told() => BrowserSession.RunAsync(async session =>
    {
        var checkout = await CheckoutScreen.BuyAsync(session, Shop);
        await session.Page.EvaluateAsync(Translate);

        await checkout.PayWithAsync("4000000000009995");
        await checkout.FailedAsync("enough funds");
        await checkout.PayWithAsync("4000000000000069");
        await checkout.FailedAsync("expired");
        await Expect(checkout.Alert).Not.ToContainTextAsync("enough funds");

        await checkout.PayWithAsync("4000002500003155");
        await checkout.Challenge.ShownAsync();
        await Expect(checkout.Status).ToHaveTextAsync("Waiting for your bank…");
        await checkout.Challenge.CompleteAsync();

        await checkout.PaidAsync();
        await Expect(checkout.Status).ToBeEmptyAsync();
        await Expect(checkout.Alert).ToBeEmptyAsync();
        await Shop.AssertPaidOnceAsync(checkout.Order);
    });
}
