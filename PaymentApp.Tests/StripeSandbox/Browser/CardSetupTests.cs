using System.Text.Json;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>confirmCardSetup, and the calls around it that take a SetupIntent's client secret.</summary>
public sealed class CardSetupTests
{
    [Fact]
    public Task The_card_that_was_typed_is_set_up() => BrowserSession.RunAsync(async browser =>
    {
        var (host, card) = await HostPage.OpenWithCardAsync(browser);
        var setup = await host.Api.CreateSetupAsync();
        await card.FillAsync("4242424242424242");
        var saved = await SetUpAsync(browser, setup, "{ payment_method: { card, billing_details: { name: 'Jenny Rosen' } } }");
        Assert.Equal("succeeded", saved.GetProperty("setupIntent").GetProperty("status").GetString());
        Assert.StartsWith("pm_", saved.GetProperty("setupIntent").GetProperty("payment_method").GetString(), StringComparison.Ordinal);
        Assert.False(saved.TryGetProperty("error", out _));
    });

    [FullFact]
    public Task The_bank_is_told_that_a_card_is_saved_and_no_amount() => BrowserSession.RunAsync(async browser =>
    {
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        var setup = await host.Api.CreateSetupAsync();
        await BeginAsync(browser, setup, "{ payment_method: 'pm_card_authenticationRequiredOnSetup' }");
        var challenge = new Challenge(browser.Page);
        await Expect(challenge.Frame.GetByText("confirm that this card is saved")).ToBeVisibleAsync();
        await Expect(challenge.Bank.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Is it you who saves this card?");
        await Expect(challenge.Bank.GetByText("A card for later payments")).ToBeVisibleAsync();
        await Expect(challenge.Bank.GetByText("Corner Shop")).ToBeVisibleAsync();
        await Expect(challenge.Bank.GetByText("lets the card be saved")).ToBeVisibleAsync();
        await Expect(challenge.Bank.Locator("body")).Not.ToContainTextAsync("$");
        await challenge.CompleteAsync();
        Assert.Equal("succeeded", (await EndAsync(browser)).GetProperty("setupIntent").GetProperty("status").GetString());
        Assert.Equal("succeeded", (await host.Api.SetupAsync(setup)).GetProperty("status").GetString());
    });

    [FullFact]
    public Task A_challenge_that_the_shopper_does_not_pass_saves_nothing() => BrowserSession.RunAsync(async browser =>
    {
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        var setup = await host.Api.CreateSetupAsync();
        await BeginAsync(browser, setup, "{ payment_method: 'pm_card_authenticationRequired' }");
        await new Challenge(browser.Page).FailAsync();
        var error = (await EndAsync(browser)).GetProperty("error");
        Assert.Equal("setup_intent_authentication_failure", error.GetProperty("code").GetString());
        Assert.Contains("unable to authenticate", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("requires_payment_method", error.GetProperty("setup_intent").GetProperty("status").GetString());
        Assert.False(error.TryGetProperty("payment_intent", out _));
    });

    [FullFact]
    public Task A_declined_card_is_the_APIs_card_error() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("402");
        var (host, card) = await HostPage.OpenWithCardAsync(browser);
        var setup = await host.Api.CreateSetupAsync();
        await card.FillAsync("4000000000000002");
        var error = (await SetUpAsync(browser, setup, "{ payment_method: { card } }")).GetProperty("error");
        Assert.Equal("card_error", error.GetProperty("type").GetString());
        Assert.Equal("generic_decline", error.GetProperty("decline_code").GetString());
        Assert.Equal(setup.GetProperty("id").GetString(), error.GetProperty("setup_intent").GetProperty("id").GetString());
    });

    [FullFact]
    public Task Actions_can_be_left_for_later_and_are_then_handled() => BrowserSession.RunAsync(async browser =>
    {
        var (host, _) = await HostPage.OpenWithCardAsync(browser);
        var setup = await host.Api.CreateSetupAsync();
        var left = await SetUpAsync(browser, setup, "{ payment_method: 'pm_card_authenticationRequired' }, { handleActions: false }");
        Assert.Equal("use_stripe_sdk", left.GetProperty("setupIntent").GetProperty("next_action").GetProperty("type").GetString());

        await browser.Page.EvaluateAsync(
            "secret => { window.pending = shop.outcome(stripe.handleNextAction({ clientSecret: secret })); }", Secret(setup));
        await new Challenge(browser.Page).CompleteAsync();
        Assert.Equal("succeeded", (await EndAsync(browser)).GetProperty("setupIntent").GetProperty("status").GetString());

        var read = await browser.Page.OutcomeAsync($"stripe.retrieveSetupIntent('{Secret(setup)}')");
        Assert.Equal("succeeded", read.GetProperty("value").GetProperty("setupIntent").GetProperty("status").GetString());
        var again = await browser.Page.OutcomeAsync($"stripe.handleNextAction({{ clientSecret: '{Secret(setup)}' }})");
        Assert.Equal("IntegrationError", again.GetProperty("rejected").GetString());
        Assert.Contains("The SetupIntent supplied is not in the requires_action state", again.GetProperty("message").GetString(), StringComparison.Ordinal);
    });

    [FullTheory]
    [InlineData("confirmCardSetup('pi_1_secret_2')")]
    [InlineData("confirmCardSetup()")]
    [FullData("retrieveSetupIntent('pi_1_secret_2')")]
    [FullData("confirmCardPayment('seti_1_secret_2')")]
    [FullData("retrievePaymentIntent('seti_1_secret_2')")]
    [FullData("handleCardAction('seti_1_secret_2')")]
    public Task A_secret_of_the_other_kind_is_rejected_without_being_repeated(string call) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        var outcome = await browser.Page.OutcomeAsync($"stripe.{call}");
        Assert.Equal("IntegrationError", outcome.GetProperty("rejected").GetString());
        Assert.DoesNotContain("_1_secret_2", outcome.GetProperty("message").GetString(), StringComparison.Ordinal);
    });

    private static async Task<JsonElement> SetUpAsync(BrowserSession browser, JsonElement setup, string arguments)
    {
        await BeginAsync(browser, setup, arguments);
        return await EndAsync(browser);
    }

    private static async Task BeginAsync(BrowserSession browser, JsonElement setup, string arguments) => await browser.Page.EvaluateAsync(
        $"secret => {{ window.pending = shop.outcome(stripe.confirmCardSetup(secret, {arguments})); }}", Secret(setup));

    private static async Task<JsonElement> EndAsync(BrowserSession browser) =>
        (await browser.Page.EvaluateAsync<JsonElement>("pending")).GetProperty("value");

    private static string Secret(JsonElement setup) => setup.GetProperty("client_secret").GetString()!;
}
