using System.Text.Json;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>handleCardAction and the bank's modal.</summary>
public sealed class ChallengeTests
{
    [Fact]
    public Task A_completed_challenge_resolves_with_the_intent_that_the_server_confirms() => BrowserSession.RunAsync(async browser =>
    {
        var (host, intent) = await StartChallengeAsync(browser);
        await new Challenge(browser.Page).CompleteAsync();
        var result = (await OutcomeAsync(browser)).GetProperty("value");
        Assert.Equal(intent.Id, result.GetProperty("paymentIntent").GetProperty("id").GetString());
        Assert.Equal("requires_confirmation", result.GetProperty("paymentIntent").GetProperty("status").GetString());
        Assert.False(result.TryGetProperty("error", out _));

        await host.Api.ConfirmIntentAsync(intent.Id);
        Assert.Equal("succeeded", await host.Api.StatusAsync(intent.Id));
    });

    [Theory]
    [InlineData("Fail")]
    [InlineData("Close")]
    [FullData("Escape")]
    public Task A_challenge_that_the_shopper_does_not_pass_is_a_failed_authentication(string ending) => BrowserSession.RunAsync(async browser =>
    {
        var (host, intent) = await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        await (ending switch
        {
            "Fail" => challenge.FailAsync(),
            "Close" => challenge.CloseAsync(),
            _ => challenge.EscapeAsync(),
        });
        var error = (await OutcomeAsync(browser)).GetProperty("value").GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal("payment_intent_authentication_failure", error.GetProperty("code").GetString());
        Assert.Contains("unable to authenticate", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("requires_payment_method", error.GetProperty("payment_intent").GetProperty("status").GetString());
        Assert.Equal("requires_payment_method", await host.Api.StatusAsync(intent.Id));
    });

    [FullFact]
    public Task The_bank_says_who_asks_for_how_much() => BrowserSession.RunAsync(async browser =>
    {
        var (_, _) = await StartChallengeAsync(browser, ("currency", "jpy"), ("amount", "4200"));
        var challenge = new Challenge(browser.Page);
        await Expect(challenge.Bank.GetByText("¥4,200")).ToBeVisibleAsync();
        await Expect(challenge.Bank.GetByText("Corner Shop")).ToBeVisibleAsync();
        await Expect(challenge.Bank.GetByText("A blue teapot")).ToBeVisibleAsync();
        await Expect(challenge.Bank.GetByText("This is a test page")).ToBeVisibleAsync();
        await challenge.CompleteAsync();
        await OutcomeAsync(browser);
    });

    [FullFact]
    public Task The_modal_keeps_the_keyboard_and_gives_the_focus_back() => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenAsync(browser);
        await browser.Page.Locator("#pay").FocusAsync();
        await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        await challenge.ShownAsync();
        await Expect(challenge.Dialog).ToHaveAttributeAsync("aria-modal", "true");
        await Expect(challenge.Bank.GetByRole(AriaRole.Heading)).ToBeFocusedAsync();

        foreach (var (key, expected) in new[]
        {
            ("Tab", challenge.CompleteButton), ("Tab", challenge.FailButton), ("Tab", challenge.CloseButton), ("Tab", challenge.CompleteButton),
            ("Shift+Tab", challenge.CloseButton), ("Shift+Tab", challenge.FailButton), ("Shift+Tab", challenge.CompleteButton),
        })
        {
            await browser.Page.Keyboard.PressAsync(key);
            await Expect(expected).ToBeFocusedAsync();
        }

        await browser.Page.Keyboard.PressAsync("Enter");
        await OutcomeAsync(browser);
        await Expect(browser.Page.Locator("#pay")).ToBeFocusedAsync();
    });

    [FullFact]
    public Task The_focus_goes_back_to_a_button_that_was_disabled_meanwhile() => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenAsync(browser);
        var button = browser.Page.Locator("#pay");
        await button.FocusAsync();
        await StartChallengeAsync(browser);
        await browser.Page.EvaluateAsync("""
            () => {
              const button = document.getElementById('pay');
              button.disabled = true;
              pending.then(() => { button.disabled = false; });
            }
            """);
        await new Challenge(browser.Page).FailAsync();
        await Expect(button).ToBeFocusedAsync();
    });

    [FullFact]
    public Task The_page_behind_does_not_scroll_until_the_modal_is_gone() => BrowserSession.RunAsync(async browser =>
    {
        await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        await challenge.ShownAsync();
        await Expect(browser.Page.Locator("html")).ToHaveCSSAsync("overflow", "hidden");
        await challenge.CompleteAsync();
        await Expect(browser.Page.Locator("html")).ToHaveCSSAsync("overflow", "visible");
    });

    [FullFact]
    public Task Asked_twice_there_is_one_challenge_and_both_get_its_outcome() => BrowserSession.RunAsync(async browser =>
    {
        var (_, intent) = await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        await challenge.ShownAsync();
        await browser.Page.RunAndWaitForResponseAsync(
            () => browser.Page.EvaluateAsync("secret => { window.again = shop.outcome(stripe.handleCardAction(secret)); }", intent.Secret),
            response => response.Url.Contains("/v1/payment_intents/", StringComparison.Ordinal));
        await Expect(challenge.Dialog).ToHaveCountAsync(1);
        await challenge.CompleteAsync();
        var outcomes = await browser.Page.EvaluateAsync<string[]>("Promise.all([pending, again]).then(all => all.map(outcome => outcome.value.paymentIntent.status))");
        Assert.Equal(["requires_confirmation", "requires_confirmation"], outcomes);
    });

    [FullFact]
    public Task While_the_bank_is_out_of_reach_the_shopper_may_try_again() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("ERR_FAILED");
        await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        await challenge.ShownAsync();
        await browser.Page.RouteAsync("**/three-ds/src_*", route => route.AbortAsync());
        await challenge.CompleteButton.ClickAsync();
        await Expect(challenge.Frame.GetByRole(AriaRole.Alert)).ToContainTextAsync("could not be reached");
        await Expect(challenge.Frame.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeFocusedAsync();

        await browser.Page.UnrouteAllAsync();
        await browser.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("requires_confirmation",
            (await OutcomeAsync(browser)).GetProperty("value").GetProperty("paymentIntent").GetProperty("status").GetString());
    });

    [FullFact]
    public Task Leaving_while_the_bank_is_out_of_reach_decides_nothing() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("ERR_FAILED");
        var (host, intent) = await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        await challenge.ShownAsync();
        await browser.Page.RouteAsync("**/three-ds/src_*", route => route.AbortAsync());
        await challenge.FailButton.ClickAsync();
        await challenge.Frame.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        Assert.Equal("api_connection_error", ErrorOf(await OutcomeAsync(browser), "type"));
        Assert.Equal("requires_action", await host.Api.StatusAsync(intent.Id));
    });

    [Fact]
    public Task A_decision_whose_answer_was_lost_is_read_from_the_intent() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("ERR_FAILED|400");
        await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        await challenge.ShownAsync();
        await browser.Page.RouteAsync("**/three-ds/src_*", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await challenge.CompleteButton.ClickAsync();
        var retry = challenge.Frame.GetByRole(AriaRole.Button, new() { Name = "Try again" });
        await Expect(retry).ToBeVisibleAsync();
        await browser.Page.UnrouteAllAsync();
        await retry.ClickAsync();
        Assert.Equal("requires_confirmation",
            (await OutcomeAsync(browser)).GetProperty("value").GetProperty("paymentIntent").GetProperty("status").GetString());
    });

    [FullFact]
    public Task A_bank_whose_page_does_not_come_can_be_asked_again() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("ERR_FAILED");
        await browser.Page.RouteAsync("**/three-ds-2-bank.html", route => route.AbortAsync());
        await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        var retry = challenge.Frame.GetByRole(AriaRole.Button, new() { Name = "Try again" });
        await Expect(retry).ToBeFocusedAsync();
        await browser.Page.UnrouteAllAsync();
        await retry.ClickAsync();
        await challenge.CompleteAsync();
        Assert.True((await OutcomeAsync(browser)).GetProperty("value").TryGetProperty("paymentIntent", out _));
    });

    [FullFact]
    public Task A_modal_that_cannot_be_loaded_is_a_connection_error() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("ERR_FAILED");
        await browser.Page.RouteAsync("**/three-ds-2-challenge.html", route => route.AbortAsync());
        await StartChallengeAsync(browser);
        Assert.Equal("api_connection_error", ErrorOf(await OutcomeAsync(browser), "type"));
        await Expect(new Challenge(browser.Page).Dialog).ToHaveCountAsync(0);
    });

    [FullTheory]
    [InlineData("document.querySelector('dialog').remove()")]
    [InlineData("history.pushState(null, '', '/elsewhere')")]
    public Task A_page_that_moves_on_decides_nothing_and_can_ask_again(string moveOn) => BrowserSession.RunAsync(async browser =>
    {
        var (host, intent) = await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        await challenge.ShownAsync();
        await browser.Page.EvaluateAsync(moveOn);
        Assert.Equal("api_connection_error", ErrorOf(await OutcomeAsync(browser), "type"));
        await Expect(challenge.Dialog).ToHaveCountAsync(0);
        await Expect(browser.Page.Locator("html")).ToHaveCSSAsync("overflow", "visible");
        Assert.Equal("requires_action", await host.Api.StatusAsync(intent.Id));

        await AskAsync(browser, intent.Secret);
        await challenge.CompleteAsync();
        Assert.True((await OutcomeAsync(browser)).GetProperty("value").TryGetProperty("paymentIntent", out _));
    });

    [Fact]
    public Task The_bank_takes_no_click_before_its_script_can_hear_it() => BrowserSession.RunAsync(async browser =>
    {
        var script = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await browser.Page.RouteAsync("**/challenge/bank.js", async route =>
        {
            await script.Task;
            await route.ContinueAsync();
        });
        await StartChallengeAsync(browser);
        var challenge = new Challenge(browser.Page);
        await Expect(challenge.CompleteButton).ToBeDisabledAsync();
        await Expect(challenge.FailButton).ToBeDisabledAsync();

        script.SetResult();

        await challenge.CompleteAsync();
        Assert.True((await OutcomeAsync(browser)).GetProperty("value").TryGetProperty("paymentIntent", out _));
    });

    [FullFact]
    public Task After_a_reload_the_challenge_can_be_shown_again() => BrowserSession.RunAsync(async browser =>
    {
        var (_, intent) = await StartChallengeAsync(browser);
        await new Challenge(browser.Page).ShownAsync();
        await browser.Page.ReloadAsync();
        await AskAsync(browser, intent.Secret);
        await new Challenge(browser.Page).CompleteAsync();
        Assert.True((await OutcomeAsync(browser)).GetProperty("value").TryGetProperty("paymentIntent", out _));
    });

    private static async Task<(HostPage Host, (string Id, string Secret) Intent)> StartChallengeAsync(
        BrowserSession browser, params (string Name, string Value)[] parameters)
    {
        var host = await HostPage.StartedAsync();
        if (browser.Page.Url == "about:blank") await HostPage.OpenAsync(browser);
        var intent = await host.Api.CreateIntentAsync(more: parameters);
        var secret = intent.GetProperty("client_secret").GetString()!;
        await AskAsync(browser, secret);
        return (host, (intent.GetProperty("id").GetString()!, secret));
    }

    private static async Task AskAsync(BrowserSession browser, string secret) =>
        await browser.Page.EvaluateAsync("secret => { shop.start(); window.pending = shop.outcome(stripe.handleCardAction(secret)); }", secret);

    private static Task<JsonElement> OutcomeAsync(BrowserSession browser) => browser.Page.EvaluateAsync<JsonElement>("pending");

    private static string? ErrorOf(JsonElement outcome, string property) =>
        outcome.GetProperty("value").GetProperty("error").GetProperty(property).GetString();
}
