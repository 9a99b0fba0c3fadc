using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>Number, expiry and code as elements of their own.</summary>
public sealed class SplitElementTests
{
    [Fact]
    public Task Split_fields_make_one_payment_method() => BrowserSession.RunAsync(async browser =>
    {
        await OpenSplitAsync(browser);
        await Input(browser, "number").PressSequentiallyAsync("378282246310005");
        await Input(browser, "expiry").PressSequentiallyAsync(CardElement.FutureExpiry);
        await Input(browser, "code").PressSequentiallyAsync("1234");
        var outcome = await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card: cardNumber })");
        var card = outcome.GetProperty("value").GetProperty("paymentMethod").GetProperty("card");
        Assert.Equal("amex", card.GetProperty("brand").GetString());
        Assert.Equal("0005", card.GetProperty("last4").GetString());
        Assert.Equal(12, card.GetProperty("exp_month").GetInt32());
        Assert.Equal(DateTime.Today.Year + 3, card.GetProperty("exp_year").GetInt32());
    });

    [FullFact]
    public Task Each_field_tells_its_own_changes() => BrowserSession.RunAsync(async browser =>
    {
        await OpenSplitAsync(browser);
        await Input(browser, "number").PressSequentiallyAsync("4242424242424242");
        Assert.Equal(
            """{"name":"change","elementType":"cardNumber","empty":false,"complete":true,"brand":"visa"}""",
            await browser.Page.EventAsync("event.elementType === 'cardNumber' && event.complete"));
        await Input(browser, "expiry").PressSequentiallyAsync(CardElement.FutureExpiry);
        Assert.Equal(
            """{"name":"change","elementType":"cardExpiry","empty":false,"complete":true}""",
            await browser.Page.EventAsync("event.elementType === 'cardExpiry' && event.complete"));
    });

    [FullFact]
    public Task The_code_field_learns_the_brand_from_the_number_field() => BrowserSession.RunAsync(async browser =>
    {
        await OpenSplitAsync(browser);
        await Input(browser, "code").PressSequentiallyAsync("1234");
        await Expect(Input(browser, "code")).ToHaveValueAsync("1234");
        await Input(browser, "number").PressSequentiallyAsync("4242");
        await Expect(Input(browser, "code")).ToHaveValueAsync("123");
    });

    [FullFact]
    public Task The_first_field_that_is_missing_is_the_error_and_is_marked() => BrowserSession.RunAsync(async browser =>
    {
        await OpenSplitAsync(browser);
        await Input(browser, "number").PressSequentiallyAsync("4242424242424242");
        await Input(browser, "code").PressSequentiallyAsync("123");
        var outcome = await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card: cardNumber })");
        Assert.Equal("incomplete_expiry", outcome.GetProperty("value").GetProperty("error").GetProperty("code").GetString());
        await Expect(browser.Page.Locator("#expiry")).ToContainClassAsync("StripeElement--invalid");
    });

    [FullTheory]
    [InlineData("number", "Secure card number input frame", "1234 1234 1234 1234")]
    [InlineData("expiry", "Secure expiration date input frame", "MM / YY")]
    [FullData("code", "Secure CVC input frame", "Three digits")]
    public Task Frames_are_titled_as_Stripes_and_take_a_placeholder(string container, string title, string placeholder) => BrowserSession.RunAsync(async browser =>
    {
        await OpenSplitAsync(browser, "{ placeholder: 'Three digits' }");
        await Expect(browser.Page.Locator($"#{container} iframe")).ToHaveAttributeAsync("title", title);
        await Expect(Input(browser, container)).ToHaveAttributeAsync("placeholder", placeholder);
    });

    [FullFact]
    public Task A_field_other_than_the_number_does_not_stand_for_a_card() => BrowserSession.RunAsync(async browser =>
    {
        await OpenSplitAsync(browser);
        var outcome = await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card: cardCvc })");
        Assert.Equal("IntegrationError", outcome.GetProperty("rejected").GetString());
    });

    private static async Task OpenSplitAsync(BrowserSession browser, string codeOptions = "{}")
    {
        await HostPage.OpenAsync(browser);
        await browser.Page.EvaluateAsync($$"""
            () => Promise.all([
              shop.mount('cardNumber', '#number', { showIcon: true }),
              shop.mount('cardExpiry', '#expiry', {}),
              shop.mount('cardCvc', '#code', {{codeOptions}}),
            ])
            """);
    }

    private static ILocator Input(BrowserSession browser, string container) =>
        browser.Page.FrameLocator($"#{container} iframe").Locator("input");
}
