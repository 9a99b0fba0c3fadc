using Microsoft.Playwright;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>The card element as a shopper meets it: one frame with all fields.</summary>
/// <param name="page">The page that shows it.</param>
/// <param name="container">The node that it is mounted on, where a page has more than one card element.</param>
/// <param name="title">The frame's name for screen readers, in the page's language.</param>
public sealed class CardElement(IPage page, string container = "body", string title = CardElement.EnglishTitle)
{
    public const string EnglishTitle = "Secure card payment input frame";

    private readonly string _frame = $"iframe[name^='__privateStripeFrame'][title='{title}']";

    /// <summary>A date that stays in the future, as a shopper types it.</summary>
    public static string FutureExpiry => $"12{(DateTime.Today.Year + 3) % 100:00}";

    public ILocator Frame => page.Locator(container).Locator(_frame);

    public ILocator Number => Input("cardnumber");

    public ILocator Expiry => Input("exp-date");

    public ILocator Cvc => Input("cvc");

    public ILocator Postal => Input("postal");

    /// <summary>Types a whole card, key by key, in place of what was there.</summary>
    public async Task FillAsync(string number, string? expiry = null, string? cvc = null, string postal = "94107")
    {
        await TypeAsync(Number, number);
        await TypeAsync(Expiry, expiry ?? FutureExpiry);
        await TypeAsync(Cvc, cvc ?? (number.StartsWith('3') && number.Length == 15 ? "1234" : "123"));
        if (await Postal.IsVisibleAsync()) await TypeAsync(Postal, postal);
    }

    private static async Task TypeAsync(ILocator input, string text)
    {
        await input.ClearAsync();
        await input.PressSequentiallyAsync(text);
    }

    private ILocator Input(string name) => page.Locator(container).FrameLocator(_frame).Locator($"input[name='{name}']");
}
