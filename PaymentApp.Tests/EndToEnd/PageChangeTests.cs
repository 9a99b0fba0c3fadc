using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>What a shopper takes for another page starts as one, and fits on the screen.</summary>
public sealed class PageChangeTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private Shop Shop => fixture.Shop;

    [Theory]
    [InlineData("Field notebook")]
    [InlineData("Tenugui towel")]
    [InlineData("Desk lamp")]
    public Task Buying_on_a_phone_starts_at_the_top_of_the_checkout_with_focus_on_its_heading(string product) => BrowserSession.RunAsync(
        async session =>
        {
            var checkout = await CheckoutScreen.BuyAsync(session, Shop, product);

            await AssertAtTopAsync(session.Page, "Checkout");
            await ScreenshotTests.TakeAsync(session.Page, $"bought-{product.Split(' ')[0]}", isForReadme: false);

            await session.Page.GoBackAsync();
            await Expect(Heading(session.Page)).ToHaveTextAsync("Good things for late work");
            await Expect(Heading(session.Page)).ToBeFocusedAsync();
        },
        OnPhone);

    [Fact]
    public Task Paying_changes_title_heading_and_total() => BrowserSession.RunAsync(
        async session =>
        {
            var checkout = await CheckoutScreen.BuyAsync(session, Shop, "Desk lamp");
            await Expect(session.Page.Locator(".summary-total dt")).ToHaveTextAsync("Total");

            await checkout.PayWithAsync("4242424242424242");

            await AssertAtTopAsync(session.Page, "Payment complete");
            await Expect(session.Page).ToHaveTitleAsync("Payment complete – Small Hours");
            await Expect(session.Page.Locator(".checkout-summary .summary-total dt")).ToHaveTextAsync("Paid");
            await Expect(session.Page.Locator(".checkout-receipt")).ToContainTextAsync("$129.00");
            await ScreenshotTests.TakeAsync(session.Page, "paid-phone", isForReadme: false);

            await session.Page.GetByRole(AriaRole.Link, new() { Name = "View your order" }).ClickAsync();
            await Expect(session.Page).ToHaveURLAsync(new Uri(Shop.Address, $"orders/{checkout.Order}").ToString());
            await session.Page.GoBackAsync();
            await Expect(Heading(session.Page)).ToHaveTextAsync("Payment complete");
            await Expect(session.Page.Locator(".demo-panel")).ToHaveCountAsync(0);
        },
        OnPhone);

    [FullTheory]
    [InlineData(320)]
    [InlineData(1280)]
    public Task No_page_is_wider_than_the_screen_at_twice_the_usual_font_size(int width) => BrowserSession.RunAsync(
        async session =>
        {
            var page = session.Page;
            await page.RouteAsync("**/shop.*.css", Enlarge);
            await page.RouteAsync("**/shop.css", Enlarge);
            await page.GotoAsync(Shop.Address.ToString());
            Assert.Equal("32px", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).fontSize"));
            await AssertFitsAsync(page, width);

            var checkout = await CheckoutScreen.BuyAsync(session, Shop);
            await AssertFitsAsync(page, width);
            await ScreenshotTests.TakeAsync(page, $"large-font-{width}", isForReadme: false);
            await checkout.PayWithAsync("4242424242424242");
            await checkout.PaidAsync();
            await AssertFitsAsync(page, width);

            await page.GotoAsync(new Uri(Shop.Address, $"orders/{checkout.Order}").ToString());
            await AssertFitsAsync(page, width);
        },
        options => options.ViewportSize = new() { Width = width, Height = 700 });

    [FullFact]
    public Task Long_names_and_amounts_wrap_on_a_narrow_screen() => BrowserSession.RunAsync(
        async session =>
        {
            var page = session.Page;
            await page.GotoAsync(Shop.Address.ToString());
            await LengthenAsync(page, ".product h2, .product-text p, .product-price");
            await AssertFitsAsync(page, 320);

            await CheckoutScreen.BuyAsync(session, Shop);
            await LengthenAsync(page, ".order-product, .summary dd, .payment-form button[type=submit]");
            await AssertFitsAsync(page, 320);
        },
        options => options.ViewportSize = new() { Width = 320, Height = 700 });

    private static void OnPhone(BrowserNewContextOptions options)
    {
        options.ViewportSize = new() { Width = 390, Height = 700 };
        options.ReducedMotion = ReducedMotion.Reduce;
    }

    private static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static async Task AssertAtTopAsync(IPage page, string heading)
    {
        await Expect(Heading(page)).ToHaveTextAsync(heading);
        await Expect(Heading(page)).ToBeFocusedAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.round(scrollY)"));
    }

    private static async Task LengthenAsync(IPage page, string elements) => await page.EvaluateAsync(
        "elements => document.querySelectorAll(elements).forEach(element => element.textContent = 'IDR\\u00a0' + '9'.repeat(60))", elements);

    // The overhang is looked for in each element: a page that hides it would have nothing to scroll.
    private static async Task AssertFitsAsync(IPage page, int width) => Assert.Empty(await page.EvaluateAsync<string[]>(
        """
        width => [...document.querySelectorAll('body, main, main *, header, footer')]
          .filter(element => !element.closest('.visually-hidden') && (element.getBoundingClientRect().right > width + 1 || (element === document.body && element.scrollWidth > width)))
          .map(element => `${element.tagName}.${element.className} ends at ${Math.round(element.getBoundingClientRect().right)}`)
        """,
        width));

    private static async Task Enlarge(IRoute route)
    {
        var answer = await route.FetchAsync();
        await route.FulfillAsync(new() { Response = answer, Body = await answer.TextAsync() + "\n:root { font-size: 32px; }" });
    }
}
