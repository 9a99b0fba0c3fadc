using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>The calls that take a client secret, where no bank is asked or another method than handleCardAction asks it.</summary>
public sealed partial class IntentMethodTests
{
    [Fact]
    public Task An_intent_is_retrieved_by_its_client_secret() => BrowserSession.RunAsync(async browser =>
    {
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        var intent = await host.Api.CreateIntentAsync();
        var outcome = await browser.Page.OutcomeAsync($"stripe.retrievePaymentIntent('{Secret(intent)}')");
        Assert.Equal("requires_action", outcome.GetProperty("value").GetProperty("paymentIntent").GetProperty("status").GetString());
    });

    [FullTheory]
    [InlineData("handleCardAction('SECRET')")]
    [InlineData("handleNextAction({ clientSecret: 'SECRET' })")]
    public Task An_intent_that_waits_for_nobody_is_rejected(string call) => BrowserSession.RunAsync(async browser =>
    {
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        var intent = await host.Api.CreateIntentAsync("pm_card_visa");
        var outcome = await CallAsync(browser, call, intent);
        Assert.Equal("IntegrationError", outcome.GetProperty("rejected").GetString());
        Assert.Contains("requires_action", outcome.GetProperty("message").GetString(), StringComparison.Ordinal);
    });

    [Fact]
    public Task HandleCardAction_is_for_manual_confirmation_only() => BrowserSession.RunAsync(async browser =>
    {
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        var intent = await host.Api.CreateIntentAsync(more: ("confirmation_method", "automatic"));
        var outcome = await CallAsync(browser, "handleCardAction('SECRET')", intent);
        Assert.Equal("IntegrationError", outcome.GetProperty("rejected").GetString());
        Assert.Contains("confirmCardPayment", outcome.GetProperty("message").GetString(), StringComparison.Ordinal);
    });

    [FullTheory]
    [InlineData("handleCardAction('pi_unknown_secret_wrong')", "404")]
    [InlineData("handleNextAction({ clientSecret: 'pi_unknown_secret_wrong' })", "404")]
    [FullData("retrievePaymentIntent('ID_secret_wrong')", "40")]
    [FullData("handleCardAction('ID_secret_wrong')", "40")]
    public Task A_wrong_client_secret_is_an_error_result(string call, string status) => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect($"status of {status}");
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        var intent = await host.Api.CreateIntentAsync();
        var outcome = await CallAsync(browser, call, intent);
        Assert.Equal("invalid_request_error", outcome.GetProperty("value").GetProperty("error").GetProperty("type").GetString());
    });

    [FullTheory]
    [InlineData("handleCardAction()")]
    [InlineData("handleCardAction('pi_123')")]
    [FullData("handleNextAction()")]
    [FullData("confirmCardPayment('sk_test_secret')")]
    [FullData("retrievePaymentIntent(42)")]
    public Task What_is_no_client_secret_is_rejected_without_being_repeated(string call) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        var outcome = await browser.Page.OutcomeAsync($"stripe.{call}");
        Assert.Equal("IntegrationError", outcome.GetProperty("rejected").GetString());
        Assert.DoesNotContain("sk_test_secret", outcome.GetProperty("message").GetString(), StringComparison.Ordinal);
    });

    [FullFact]
    public Task HandleNextAction_shows_the_bank_for_both_ways_of_confirming() => BrowserSession.RunAsync(async browser =>
    {
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        foreach (var (confirmation, status) in new[] { ("manual", "requires_confirmation"), ("automatic", "succeeded") })
        {
            var intent = await host.Api.CreateIntentAsync(more: ("confirmation_method", confirmation));
            await browser.Page.EvaluateAsync(
                "secret => { window.pending = shop.outcome(stripe.handleNextAction({ clientSecret: secret })); }", Secret(intent));
            await new Challenge(browser.Page).CompleteAsync();
            var outcome = await browser.Page.EvaluateAsync<JsonElement>("pending");
            Assert.Equal(status, outcome.GetProperty("value").GetProperty("paymentIntent").GetProperty("status").GetString());
        }
    });

    [FullFact]
    public Task ConfirmCardPayment_pays_with_the_card_that_was_typed() => BrowserSession.RunAsync(async browser =>
    {
        var (host, card) = await HostPage.OpenWithCardAsync(browser);
        var intent = await host.Api.CreateUnconfirmedIntentAsync();
        await card.FillAsync("4242424242424242");
        var outcome = await CallAsync(browser, "confirmCardPayment('SECRET', { payment_method: { card, billing_details: { name: 'Jenny Rosen' } } })", intent);
        Assert.Equal("succeeded", outcome.GetProperty("value").GetProperty("paymentIntent").GetProperty("status").GetString());
    });

    [Theory]
    [InlineData("4000002760003184", "succeeded")]
    [InlineData("4000008260003178", "card_declined")]
    public Task ConfirmCardPayment_asks_the_bank_where_it_must(string number, string ending) => BrowserSession.RunAsync(async browser =>
    {
        var (host, card) = await HostPage.OpenWithCardAsync(browser);
        var intent = await host.Api.CreateUnconfirmedIntentAsync();
        await card.FillAsync(number);
        browser.Problems.Expect("402");
        await browser.Page.EvaluateAsync(
            "secret => { window.pending = shop.outcome(stripe.confirmCardPayment(secret, { payment_method: { card } })); }", Secret(intent));
        await new Challenge(browser.Page).CompleteAsync();
        var result = (await browser.Page.EvaluateAsync<JsonElement>("pending")).GetProperty("value");
        Assert.Equal(ending, result.TryGetProperty("paymentIntent", out var paid)
            ? paid.GetProperty("status").GetString()
            : result.GetProperty("error").GetProperty("code").GetString());
    });

    [FullFact]
    public Task ConfirmCardPayment_leaves_a_manual_intent_to_the_server() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("status of 400");
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        var intent = await host.Api.CreateIntentAsync();
        var error = (await CallAsync(browser, "confirmCardPayment('SECRET', { payment_method: 'pm_card_visa' })", intent)).GetProperty("value").GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Contains("confirmation_method", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("requires_action", await host.Api.StatusAsync(intent.GetProperty("id").GetString()!));
    });

    [FullFact]
    public Task A_declined_ConfirmCardPayment_is_the_APIs_card_error() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("402");
        var (host, card) = await HostPage.OpenWithCardAsync(browser);
        var intent = await host.Api.CreateUnconfirmedIntentAsync();
        await card.FillAsync("4000000000009995");
        var error = (await CallAsync(browser, "confirmCardPayment('SECRET', { payment_method: { card } })", intent)).GetProperty("value").GetProperty("error");
        Assert.Equal("card_error", error.GetProperty("type").GetString());
        Assert.Equal("insufficient_funds", error.GetProperty("decline_code").GetString());
    });

    [FullFact]
    public Task Actions_can_be_left_to_the_shop_and_a_redirect_goes_to_its_address() => BrowserSession.RunAsync(async browser =>
    {
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        var intent = await host.Api.CreateUnconfirmedIntentAsync();
        var returnUrl = new Uri(host.Address, "/returned").ToString();
        var outcome = await CallAsync(browser,
            $"confirmCardPayment('SECRET', {{ payment_method: 'pm_card_authenticationRequired', return_url: '{returnUrl}' }}, {{ handleActions: false }})", intent);
        var action = outcome.GetProperty("value").GetProperty("paymentIntent").GetProperty("next_action");
        Assert.Equal("redirect_to_url", action.GetProperty("type").GetString());

        var address = action.GetProperty("redirect_to_url").GetProperty("url").GetString()!;
        await browser.Page.RouteAsync(address, route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<h1>The bank</h1>" }));
        await browser.Page.EvaluateAsync("secret => { stripe.handleNextAction({ clientSecret: secret }); }", Secret(intent));
        await Expect(browser.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("The bank");
        Assert.Equal(address, browser.Page.Url);
    });

    private static Task<JsonElement> CallAsync(BrowserSession browser, string call, JsonElement intent)
    {
        // In one go: a client secret may well have an ID in it.
        var spelled = Placeholder().Replace(call, found => found.Value == "ID" ? intent.GetProperty("id").GetString()! : Secret(intent));
        return browser.Page.OutcomeAsync($"stripe.{spelled}");
    }

    [GeneratedRegex("SECRET|ID")]
    private static partial Regex Placeholder();

    private static string Secret(JsonElement intent) => intent.GetProperty("client_secret").GetString()!;
}
