using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>What the card element finds wrong, and when it says so.</summary>
public sealed class CardErrorTests
{
    [Theory]
    [InlineData("cardnumber", "4242424242424241", "invalid_number")]
    [InlineData("cardnumber", "6200000000000006", "invalid_number")]
    [FullData("cardnumber", "42424242", "incomplete_number")]
    [FullData("exp-date", "13/40", "invalid_expiry_month")]
    [FullData("exp-date", "00/40", "invalid_expiry_month")]
    [InlineData("exp-date", "12/30", "invalid_expiry_year_past")]
    [FullData("exp-date", "12/20", "invalid_expiry_year_past")]
    [FullData("exp-date", "05/31", "invalid_expiry_month_past")]
    [FullData("exp-date", "06/99", "invalid_expiry_year")]
    [InlineData("exp-date", "06/", "incomplete_expiry")]
    [InlineData("cvc", "12", "incomplete_cvc")]
    [InlineData("postal", "9410", "incomplete_zip")]
    public Task What_is_wrong_is_said_when_the_field_is_left(string field, string typed, string code) => BrowserSession.RunAsync(async browser =>
    {
        var card = await OpenInJune2031Async(browser);
        var input = InputOf(card, field);
        await input.FillAsync(typed);
        await browser.Page.Locator("#name").FocusAsync();

        var change = JsonDocument.Parse(await browser.Page.EventAsync("event.name === 'change' && event.error")).RootElement;
        Assert.False(change.GetProperty("complete").GetBoolean());
        Assert.Equal("validation_error", change.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(code, change.GetProperty("error").GetProperty("code").GetString());
        Assert.NotEmpty(change.GetProperty("error").GetProperty("message").GetString()!);
        await Expect(input).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(input).ToHaveAccessibleDescriptionAsync(change.GetProperty("error").GetProperty("message").GetString()!);
    });

    [FullFact]
    public Task A_card_is_good_to_the_end_of_its_month() => BrowserSession.RunAsync(async browser =>
    {
        var card = await OpenInJune2031Async(browser);
        await card.FillAsync("4242424242424242", "0631");
        await browser.Page.EventAsync("event.complete && !event.error");
    });

    [FullFact]
    public Task Nothing_is_wrong_while_the_shopper_is_still_typing() => BrowserSession.RunAsync(async browser =>
    {
        var card = await OpenInJune2031Async(browser);
        await card.Number.PressSequentiallyAsync("4242424242");
        await card.Expiry.PressSequentiallyAsync("12/2034");
        await Expect(card.Expiry).ToHaveValueAsync("12 / 34");
        // Leaving the unfinished number was the one error; typing 2034 passed through 20, which was none.
        var codes = await browser.Page.EvaluateAsync<string[]>("shop.events.filter(event => event.error).map(event => event.error.code)");
        Assert.Equal(["incomplete_number"], codes.Distinct());
    });

    [FullFact]
    public Task An_error_goes_as_soon_as_its_field_is_edited() => BrowserSession.RunAsync(async browser =>
    {
        var card = await OpenInJune2031Async(browser);
        await card.Number.FillAsync("4242424242424241");
        await Expect(browser.Page.Locator("#card")).ToContainClassAsync("StripeElement--invalid");
        await card.Number.PressAsync("End");
        await card.Number.PressAsync("Backspace");
        await Expect(browser.Page.Locator("#card")).Not.ToContainClassAsync("StripeElement--invalid");
        await card.Number.PressSequentiallyAsync("2");
        await Expect(card.Expiry).ToBeFocusedAsync();
    });

    [FullFact]
    public Task Passing_through_an_empty_field_is_no_error() => BrowserSession.RunAsync(async browser =>
    {
        var card = await OpenInJune2031Async(browser);
        await card.Number.FocusAsync();
        foreach (var _ in Enumerable.Range(0, 4)) await browser.Page.Keyboard.PressAsync("Tab");
        await Expect(browser.Page.Locator("#pay")).ToBeFocusedAsync();
        await browser.Page.EventAsync("event.name === 'blur'");
        Assert.DoesNotContain("change", await browser.Page.EventNamesAsync());
    });

    private static async Task<CardElement> OpenInJune2031Async(BrowserSession browser)
    {
        var june = new DateTimeOffset(2031, 6, 15, 12, 0, 0, TimeSpan.Zero);
        await browser.Page.Clock.SetFixedTimeAsync(june.UtcDateTime);
        // The sandbox's time counts, and comes with the frame.
        await browser.Page.RouteAsync("**/elements-inner-card*", async route =>
        {
            var frame = await route.FetchAsync();
            Assert.Contains("last-modified", frame.Headers.Keys);
            await route.FulfillAsync(new()
            {
                Response = frame,
                Headers = frame.Headers.Where(header => header.Key != "last-modified")
                    .Append(new("last-modified", june.ToString("R", CultureInfo.InvariantCulture))),
            });
        });
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        return card;
    }

    private static ILocator InputOf(CardElement card, string field) => field switch
    {
        "cardnumber" => card.Number,
        "exp-date" => card.Expiry,
        "cvc" => card.Cvc,
        _ => card.Postal,
    };
}
