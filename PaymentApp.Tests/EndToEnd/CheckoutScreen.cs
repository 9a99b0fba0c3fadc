using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>The shop as a shopper sees it in one tab.</summary>
internal sealed partial class CheckoutScreen(IPage page, Uri shop)
{
    public CheckoutScreen(IPage page, Shop shop)
        : this(page, shop.Address)
    {
    }

    public IPage Page => page;

    public CardElement Card { get; } = new(page);

    public Challenge Challenge { get; } = new(page);

    public ILocator PayButton => page.GetByRole(AriaRole.Button, new() { NameRegex = PayName() });

    public ILocator Alert => page.Locator("form[aria-label='Payment'] [role='alert']");

    public ILocator Status => page.Locator("form[aria-label='Payment'] [role='status']");

    public ILocator PaidHeading => page.GetByRole(AriaRole.Heading, new() { Name = "Payment complete", Exact = true });

    /// <summary>Goes on with what the bank asked for. Where a test took minutes, the shop has looked at Stripe by itself, and says how far it is.</summary>
    public ILocator ContinueButton => page.GetByRole(AriaRole.Button, new() { NameRegex = GoesOn() });

    /// <summary>The order in the page's address.</summary>
    public OrderId Order => OrderId.Parse(page.Url.Split('/')[^1]);

    /// <summary>Places an order and returns the address of its checkout, for whoever follows a link to it.</summary>
    public static async Task<string> PlaceAsync(Shop shop)
    {
        var order = await shop.Services.GetRequiredService<IOrderBook>().PlaceAsync(new Catalogue().Products[0]);
        return new Uri(shop.Address, $"checkout/{order.Id}").ToString();
    }

    public static async Task<CheckoutScreen> BuyAsync(BrowserSession session, Shop shop, string product = "Pour-over kettle") =>
        await BuyAsync(session, shop.Address, product);

    public static async Task<CheckoutScreen> BuyAsync(BrowserSession session, Uri shop, string product = "Pour-over kettle")
    {
        var screen = new CheckoutScreen(session.Page, shop);
        await screen.BuyAsync(product);
        return screen;
    }

    public async Task BuyAsync(string product)
    {
        await page.GotoAsync(shop.ToString());
        await page.GetByRole(AriaRole.Article, new() { Name = product }).GetByRole(AriaRole.Button, new() { Name = "Buy" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(CheckoutAddress());
        await ReadyAsync();
    }

    public Task ReadyAsync() => Expect(PayButton).ToBeEnabledAsync();

    public async Task PayWithAsync(string number)
    {
        await Card.FillAsync(number);
        await PayButton.ClickAsync();
    }

    public async Task ChooseModeAsync(string label) => await page.GetByRole(AriaRole.Radio, new() { Name = label }).CheckAsync();

    /// <summary>Until the page around the receipt has been loaded again too, which the heading does not wait for.</summary>
    public async Task PaidAsync()
    {
        await Expect(PaidHeading).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync("Payment complete – Small Hours");
    }

    public async Task FailedAsync(string says)
    {
        await Expect(Alert).ToContainTextAsync(says);
        await ReadyAsync();
    }

    [GeneratedRegex("/checkout/[0-9a-f]{32}$")]
    private static partial Regex CheckoutAddress();

    [GeneratedRegex("^(Continue with your bank|Finish payment)$")]
    private static partial Regex GoesOn();

    [GeneratedRegex("^Pay")]
    private static partial Regex PayName();
}
