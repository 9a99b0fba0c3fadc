using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>The shopper's pages in every state of an order: nobody is kept out of them, whatever happened.</summary>
public sealed class OrderStateAccessibilityTests(OrderStates states) : IClassFixture<OrderStates>
{
    private static readonly string[] OtherPages = ["find-order", "error/404", "error/410", "error/500", "error"];

    [FullTheory]
    [FullData("en", ColorScheme.Light, 1280, 0)]
    [InlineData("de", ColorScheme.Dark, 360, 1)]
    [FullData("en", ColorScheme.Light, 1280, 1)]
    [FullData("en", ColorScheme.Light, 360, 2)]
    [FullData("en", ColorScheme.Dark, 1280, 0)]
    [FullData("en", ColorScheme.Dark, 360, 1)]
    [FullData("en", ColorScheme.Dark, 1280, 2)]
    [FullData("fr", ColorScheme.Light, 360, 2)]
    [FullData("es", ColorScheme.Dark, 360, 0)]
    [FullData("ja", ColorScheme.Light, 360, 1)]
    public Task Every_state_of_an_order_is_accessible_and_fits_the_screen(string language, ColorScheme scheme, int width, int third) => BrowserSession.RunAsync(
        async session =>
        {
            var page = session.Page;
            session.Problems.Expect("404");
            foreach (var (state, order) in states.Orders.Where((_, index) => index % 3 == third))
            {
                await page.GotoAsync(Address($"orders/{order}"));
                await CheckAsync(page, $"order {state}");
                if (state is "refunded partly")
                {
                    await page.EmulateMediaAsync(new() { Media = Media.Print });
                    await CheckAsync(page, $"order {state} printed");
                    await page.EmulateMediaAsync(new() { Media = Media.Screen });
                }

                await page.GotoAsync(Address($"checkout/{order}"));
                await CheckAsync(page, $"checkout {state}");
            }

            foreach (var path in OtherPages)
            {
                await page.GotoAsync(Address(path));
                await CheckAsync(page, path);
            }

            async Task CheckAsync(IPage shown, string name)
            {
                await Expect(shown.Locator("html")).ToHaveAttributeAsync("lang", language);
                // Until then the island has not been told how the order stands.
                await Expect(shown.Locator(".payment-form .spinner")).ToHaveCountAsync(0);
                await Accessibility.CheckAsync(shown, name);
            }
        },
        options =>
        {
            options.Locale = language;
            options.ColorScheme = scheme;
            options.ReducedMotion = ReducedMotion.Reduce;
            options.ViewportSize = new() { Width = width, Height = 800 };
        });

    private string Address(string path) => new Uri(states.Shop.Shop.Address, path).ToString();
}
