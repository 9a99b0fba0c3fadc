using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

public sealed class CreatePaymentMethodTests
{
    [Theory]
    [InlineData("stripe.createPaymentMethod({ type: 'card', card, billing_details: { name: 'Jenny Rosen', address: { city: 'Berlin' } } })")]
    [InlineData("stripe.createPaymentMethod('card', card, { billing_details: { name: 'Jenny Rosen', address: { city: 'Berlin' } } })")]
    public Task Both_forms_make_a_payment_method_with_the_billing_details(string call) => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.FillAsync("4242424242424242", postal: "94107");
        var method = (await browser.Page.OutcomeAsync(call)).GetProperty("value").GetProperty("paymentMethod");
        Assert.StartsWith("pm_", method.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("4242", method.GetProperty("card").GetProperty("last4").GetString());
        var billing = method.GetProperty("billing_details");
        Assert.Equal("Jenny Rosen", billing.GetProperty("name").GetString());
        Assert.Equal("Berlin", billing.GetProperty("address").GetProperty("city").GetString());
        Assert.Equal("94107", billing.GetProperty("address").GetProperty("postal_code").GetString());
    });

    [Fact]
    public Task An_unfinished_card_is_a_validation_error_and_is_marked() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.PressSequentiallyAsync("4242424242424242");
        var error = (await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card })")).GetProperty("value").GetProperty("error");
        Assert.Equal("validation_error", error.GetProperty("type").GetString());
        Assert.Equal("incomplete_expiry", error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        await Expect(browser.Page.Locator("#card")).ToContainClassAsync("StripeElement--invalid");
        await Expect(card.Number).ToHaveValueAsync("4242 4242 4242 4242");
    });

    [FullFact]
    public Task An_empty_card_misses_its_number_first() => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        var outcome = await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card })");
        Assert.Equal("incomplete_number", outcome.GetProperty("value").GetProperty("error").GetProperty("code").GetString());
    });

    [Fact]
    public Task A_broken_connection_is_a_connection_error_and_the_card_stays() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("ERR_FAILED");
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.FillAsync("4242424242424242");
        await browser.Page.RouteAsync("**/v1/payment_methods", route => route.AbortAsync());
        const string call = "stripe.createPaymentMethod({ type: 'card', card })";
        var error = (await browser.Page.OutcomeAsync(call)).GetProperty("value").GetProperty("error");
        Assert.Equal("api_connection_error", error.GetProperty("type").GetString());
        await Expect(card.Number).ToHaveValueAsync("4242 4242 4242 4242");

        await browser.Page.UnrouteAllAsync();
        Assert.True((await browser.Page.OutcomeAsync(call)).GetProperty("value").TryGetProperty("paymentMethod", out _));
    });

    [FullFact]
    public Task An_answer_that_is_not_the_APIs_is_an_API_error() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("502");
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.FillAsync("4242424242424242");
        await browser.Page.RouteAsync("**/v1/payment_methods", route => route.FulfillAsync(new() { Status = 502, Body = "<h1>Bad gateway</h1>" }));
        var error = (await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card })")).GetProperty("value").GetProperty("error");
        Assert.Equal("api_error", error.GetProperty("type").GetString());
    });

    [Fact]
    public Task What_the_API_refuses_is_passed_on_in_its_words() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("401");
        await HostPage.OpenAsync(browser);
        await browser.Page.EvaluateAsync("() => { window.stripe = Stripe('pk_live_of_a_real_shop'); }");
        await browser.Page.EvaluateAsync("shop.mount('card', '#card', {})");
        await new CardElement(browser.Page).FillAsync("4242424242424242");
        var error = (await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card })")).GetProperty("value").GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.StartsWith("Invalid API Key provided", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("stripe.createPaymentMethod()")]
    [InlineData("stripe.createPaymentMethod({ type: 'card' })")]
    [FullData("stripe.createPaymentMethod({ type: 'card', card: {} })")]
    [FullData("stripe.createPaymentMethod('card')")]
    public Task Without_a_card_the_call_is_rejected(string call) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        Assert.Equal("IntegrationError", (await browser.Page.OutcomeAsync(call)).GetProperty("rejected").GetString());
    });
}
