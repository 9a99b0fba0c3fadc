using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>Typing, pasting and moving about in the card fields.</summary>
public sealed class CardFieldTests
{
    [Theory]
    [InlineData("4242424242424242", "4242 4242 4242 4242")]
    [InlineData("2223003122003222", "2223 0031 2200 3222")]
    [FullData("378282246310005", "3782 822463 10005")]
    [FullData("36227206271667", "3622 720627 1667")]
    [FullData("6205500000000000004", "6205 5000 0000 0000 004")]
    [FullData("4242-4242 4242.4242", "4242 4242 4242 4242")]
    [FullData("４２４２４２４２４２４２４２４２", "4242 4242 4242 4242")]
    public Task A_typed_number_is_grouped_as_on_the_card_and_the_caret_moves_on(string typed, string shown) => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.PressSequentiallyAsync(typed);
        await Expect(card.Number).ToHaveValueAsync(shown);
        await Expect(card.Expiry).ToBeFocusedAsync();
    });

    [FullFact]
    public Task A_pasted_number_is_grouped_and_cut_to_what_the_brand_has() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.FillAsync("  3782-822463-10005 99 ");
        await Expect(card.Number).ToHaveValueAsync("3782 822463 10005");
    });

    [FullFact]
    public Task A_digit_typed_into_a_full_number_does_not_push_the_last_one_out() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.PressSequentiallyAsync("4242424242424242");
        await card.Number.FocusAsync();
        await PlaceCaretAsync(card.Number, 3);
        await browser.Page.Keyboard.TypeAsync("9");
        await Expect(card.Number).ToHaveValueAsync("4242 4242 4242 4242");
    });

    [FullFact]
    public Task The_caret_stays_where_the_shopper_edits() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.PressSequentiallyAsync("42424242");
        await PlaceCaretAsync(card.Number, 2);
        await browser.Page.Keyboard.TypeAsync("11");
        await Expect(card.Number).ToHaveValueAsync("4211 4242 42");
        Assert.Equal(4, await CaretAsync(card.Number));

        await PlaceCaretAsync(card.Number, 5);
        await browser.Page.Keyboard.PressAsync("Backspace");
        await Expect(card.Number).ToHaveValueAsync("4214 2424 2");
        Assert.Equal(3, await CaretAsync(card.Number));
    });

    [FullTheory]
    [InlineData("12YYYY", "12 / YY")]
    [InlineData("12YY", "12 / YY")]
    [FullData("12/YYYY", "12 / YY")]
    [FullData("12-YY", "12 / YY")]
    [FullData("12 / YY", "12 / YY")]
    [FullData("1/YY", "01 / YY")]
    [FullData("YYYY-11", "11 / YY")]
    [FullData("9YY", "09 / YY")]
    public Task An_expiry_date_is_understood_in_the_forms_that_people_and_browsers_write(string form, string shown) => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        var expected = WithYear(shown);
        await card.Expiry.FillAsync(WithYear(form));
        await Expect(card.Expiry).ToHaveValueAsync(expected);
        Assert.Equal("false", await card.Expiry.GetAttributeAsync("aria-invalid"));
        if (form.StartsWith('Y')) return;

        await card.Expiry.ClearAsync();
        await card.Expiry.PressSequentiallyAsync(WithYear(form));
        await Expect(card.Expiry).ToHaveValueAsync(expected);
        await Expect(card.Cvc).ToBeFocusedAsync();
    });

    [FullTheory]
    [InlineData("1", "1")]
    [InlineData("0", "0")]
    [FullData("00", "0")]
    [FullData("2", "02 / ")]
    [FullData("12", "12 / ")]
    [FullData("1/", "01 / ")]
    [FullData("13", "01 / 3")]
    public Task The_month_is_completed_as_soon_as_it_is_plain(string typed, string shown) => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Expiry.PressSequentiallyAsync(typed);
        await Expect(card.Expiry).ToHaveValueAsync(shown);
    });

    [FullFact]
    public Task Backspace_goes_through_the_separator_and_back_into_the_field_before() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.PressSequentiallyAsync("4242424242424242");
        await card.Expiry.PressSequentiallyAsync("123");
        foreach (var shown in new[] { "12", "1", "" })
        {
            await browser.Page.Keyboard.PressAsync("Backspace");
            await Expect(card.Expiry).ToHaveValueAsync(shown);
        }

        await browser.Page.Keyboard.PressAsync("Backspace");
        await Expect(card.Number).ToBeFocusedAsync();
        await Expect(card.Number).ToHaveValueAsync("4242 4242 4242 4242");
        Assert.Equal(19, await CaretAsync(card.Number));
    });

    [FullFact]
    public Task The_security_code_has_the_length_of_the_brand() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.FillAsync("378282246310005");
        await card.Cvc.PressSequentiallyAsync("12345");
        await Expect(card.Cvc).ToHaveValueAsync("1234");

        await card.Number.FillAsync("4242424242424242");
        await Expect(card.Cvc).ToHaveValueAsync("123");
    });

    [Theory]
    [InlineData("en-US", "94107-1234", "94107", "numeric")]
    [InlineData("en-GB", "sw1a 1aa", "SW1A 1AA", "text")]
    public Task The_postal_code_is_the_one_of_the_shoppers_region(string locale, string typed, string shown, string inputMode) => BrowserSession.RunAsync(
        async browser =>
        {
            var (_, card) = await HostPage.OpenWithCardAsync(browser);
            await card.Postal.PressSequentiallyAsync(typed);
            await Expect(card.Postal).ToHaveValueAsync(shown);
            await Expect(card.Postal).ToHaveAttributeAsync("inputmode", inputMode);
        },
        options => options.Locale = locale);

    [FullFact]
    public Task A_card_that_the_browser_fills_in_is_taken_without_moving_the_focus() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.FocusAsync();
        foreach (var (input, value) in new[]
        {
            (card.Number, "4242424242424242"), (card.Expiry, WithYear("YYYY-12")), (card.Cvc, "123"), (card.Postal, "94107"),
        })
        {
            await input.EvaluateAsync("(input, value) => { input.value = value; input.dispatchEvent(new Event('input', { bubbles: true })); }", value);
        }

        await browser.Page.EventAsync("event.complete");
        await Expect(card.Expiry).ToHaveValueAsync(WithYear("12 / YY"));
        await Expect(card.Number).ToBeFocusedAsync();
    });

    [Fact]
    public Task A_whole_card_is_typed_without_leaving_the_keyboard() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        var keyboard = browser.Page.Keyboard;
        await browser.Page.Locator("#name").FocusAsync();
        await keyboard.PressAsync("Tab");
        await Expect(card.Number).ToBeFocusedAsync();
        await keyboard.TypeAsync($"4242424242424242{CardElement.FutureExpiry}12394107");
        await Expect(card.Postal).ToHaveValueAsync("94107");
        await keyboard.PressAsync("Shift+Tab");
        await Expect(card.Cvc).ToBeFocusedAsync();
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Tab");
        await Expect(browser.Page.Locator("#pay")).ToBeFocusedAsync();
        await keyboard.PressAsync("Shift+Tab");
        await Expect(card.Postal).ToBeFocusedAsync();
    });

    [FullFact]
    public Task Fields_say_to_browsers_and_screen_readers_what_they_are() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        foreach (var (field, autocomplete, label) in new[]
        {
            (card.Number, "cc-number", "Credit or debit card number"),
            (card.Expiry, "cc-exp", "Credit or debit card expiration date"),
            (card.Cvc, "cc-csc", "Credit or debit card CVC/CVV"),
            (card.Postal, "billing postal-code", "ZIP"),
        })
        {
            await Expect(field).ToHaveAttributeAsync("autocomplete", autocomplete);
            await Expect(field).ToHaveAttributeAsync("inputmode", "numeric");
            await Expect(field).ToHaveAccessibleNameAsync(label);
        }
    });

    private static string WithYear(string form)
    {
        var year = DateTime.Today.Year + 3;
        return form.Replace("YYYY", $"{year}", StringComparison.Ordinal).Replace("YY", $"{year % 100:00}", StringComparison.Ordinal);
    }

    private static async Task PlaceCaretAsync(ILocator input, int position) =>
        await input.EvaluateAsync("(input, position) => input.setSelectionRange(position, position)", position);

    private static Task<int> CaretAsync(ILocator input) => input.EvaluateAsync<int>("input => input.selectionStart");
}
