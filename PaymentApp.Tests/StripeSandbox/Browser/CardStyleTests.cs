using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>The <c>style</c> option, as far as it depends on what the shopper does.</summary>
public sealed class CardStyleTests
{
    [FullFact]
    public Task Pseudo_classes_and_elements_are_honoured() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser, """
            {
              style: {
                base: {
                  color: 'rgb(1, 1, 1)', iconColor: 'rgb(2, 2, 2)',
                  ':hover': { color: 'rgb(3, 3, 3)', iconColor: 'rgb(4, 4, 4)' },
                  ':focus': { color: 'rgb(5, 5, 5)', iconColor: 'rgb(6, 6, 6)' },
                  ':disabled': { color: 'rgb(7, 7, 7)', iconColor: 'rgb(8, 8, 8)' },
                  '::placeholder': { color: 'rgb(9, 9, 9)' },
                  '::selection': { color: 'rgb(10, 10, 10)', backgroundColor: 'rgb(11, 11, 11)' },
                },
              },
            }
            """);
        var icon = IconOf(card);
        await Expect(card.Expiry).ToHaveCSSAsync("color", "rgb(1, 1, 1)");
        await Expect(icon).ToHaveCSSAsync("color", "rgb(2, 2, 2)");
        await card.Expiry.HoverAsync();
        await Expect(card.Expiry).ToHaveCSSAsync("color", "rgb(3, 3, 3)");
        await Expect(icon).ToHaveCSSAsync("color", "rgb(4, 4, 4)");
        await card.Expiry.FocusAsync();
        await Expect(card.Expiry).ToHaveCSSAsync("color", "rgb(5, 5, 5)");
        await Expect(icon).ToHaveCSSAsync("color", "rgb(6, 6, 6)");
        Assert.Equal("rgb(9, 9, 9)", await PseudoAsync(card.Expiry, "::placeholder", "color"));
        Assert.Equal("rgb(10, 10, 10)", await PseudoAsync(card.Expiry, "::selection", "color"));
        Assert.Equal("rgb(11, 11, 11)", await PseudoAsync(card.Expiry, "::selection", "backgroundColor"));
        await browser.Page.EvaluateAsync("card.update({ disabled: true })");
        await Expect(card.Expiry).ToHaveCSSAsync("color", "rgb(7, 7, 7)");
        await Expect(icon).ToHaveCSSAsync("color", "rgb(8, 8, 8)");
    });

    [FullFact]
    public Task The_icon_follows_the_state_of_the_card() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser, """
            {
              iconStyle: 'solid',
              style: {
                base: { iconColor: 'rgb(1, 1, 1)' }, empty: { iconColor: 'rgb(2, 2, 2)' },
                complete: { iconColor: 'rgb(3, 3, 3)' }, invalid: { iconColor: 'rgb(4, 4, 4)' },
              },
            }
            """);
        var icon = IconOf(card);
        await Expect(icon).ToHaveCSSAsync("color", "rgb(2, 2, 2)");
        await card.Number.FillAsync("4242424242424241");
        await Expect(icon).ToHaveCSSAsync("color", "rgb(4, 4, 4)");
        await card.Number.FillAsync("42424242");
        await Expect(icon).ToHaveCSSAsync("color", "rgb(1, 1, 1)");
        await card.FillAsync("4242424242424242");
        await Expect(icon).ToHaveCSSAsync("color", "rgb(3, 3, 3)");
    });

    [FullTheory]
    [InlineData("fontWeight: 700", "font-weight", "700")]
    [InlineData("fontStyle: 'italic'", "font-style", "italic")]
    [FullData("fontVariant: 'small-caps'", "font-variant-caps", "small-caps")]
    [FullData("fontSmoothing: 'antialiased'", "-webkit-font-smoothing", "antialiased")]
    [FullData("lineHeight: '40px'", "line-height", "40px")]
    [FullData("letterSpacing: '3px'", "letter-spacing", "3px")]
    [FullData("textAlign: 'end'", "text-align", "end")]
    [FullData("textDecoration: 'underline'", "text-decoration-line", "underline")]
    [FullData("textShadow: '1px 2px 3px rgb(1, 2, 3)'", "text-shadow", "rgb(1, 2, 3) 1px 2px 3px")]
    [FullData("textTransform: 'uppercase'", "text-transform", "uppercase")]
    [FullData("padding: '7px'", "padding-left", "7px")]
    [FullData("backgroundColor: 'rgb(1, 2, 3)'", "background-color", "rgb(1, 2, 3)")]
    public Task Every_property_that_Stripe_documents_reaches_the_fields(string property, string css, string value) => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser, $"{{ style: {{ base: {{ {property} }} }} }}");
        await Expect(card.Number).ToHaveCSSAsync(css, value);
    });

    [FullFact]
    public Task The_shops_colours_for_a_filled_field_lie_over_the_browsers_own() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser, """
            { style: { base: { ':-webkit-autofill': { color: 'rgb(1, 2, 3)', backgroundColor: 'rgb(4, 5, 6)' } } } }
            """);
        // No test can have Chromium fill in a card: what it would then apply is in the frame's sheet.
        var rule = await card.Number.EvaluateAsync<string>(
            "() => [...document.adoptedStyleSheets.at(-1).cssRules].find(rule => /autofill/.test(rule.selectorText)).cssText");
        Assert.Contains("-webkit-text-fill-color: rgb(1, 2, 3)", rule, StringComparison.Ordinal);
        Assert.Contains("rgb(4, 5, 6) 0px 0px 0px 100vmax inset", rule, StringComparison.Ordinal);
    });

    private static ILocator IconOf(CardElement card) => card.Number.Locator("xpath=ancestor::form").Locator(".Icon");

    private static Task<string> PseudoAsync(ILocator input, string pseudo, string property) =>
        input.EvaluateAsync<string>($"input => getComputedStyle(input, '{pseudo}').{property}");
}
