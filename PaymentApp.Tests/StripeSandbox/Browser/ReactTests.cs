using System.Text.Json;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Node;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>The forms that most shops have: @stripe/stripe-js and @stripe/react-stripe-js, unmodified from npm, in a real browser.</summary>
public sealed class ReactTests
{
    [NodeTheory]
    [InlineData("{ form: 'card' }")]
    [FullData("{ form: 'card', strict: false }")]
    [FullData("{ form: 'card by name' }")]
    [FullData("{ form: 'card confirmed here' }")]
    [FullData("{ form: 'consumer' }")]
    [FullData("{ form: 'card', options: { locale: 'auto', apiVersion: '2026-07-29.dahlia', betas: ['some_beta_1'] }, elements: { appearance: { theme: 'night' }, loader: 'auto', fonts: [] } }")]
    [FullData("{ form: 'card', elements: { mode: 'payment', amount: 1999, currency: 'usd', locale: 'en-GB' } }")]
    public Task A_card_form_in_react_pays(string settings) => BrowserSession.RunAsync(async browser =>
    {
        await ReactShop.OpenAsync(browser, settings);
        await PayAsync(browser, "4242424242424242");
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("succeeded");
        await Expect(browser.Page.Locator("iframe[name^='__privateStripeFrame']")).ToHaveCountAsync(1);
    });

    [NodeTheory(isDear: true)]
    [InlineData("card")]
    [FullData("card confirmed here")]
    public Task The_bank_asks_and_the_payment_goes_on(string form) => BrowserSession.RunAsync(async browser =>
    {
        await ReactShop.OpenAsync(browser, $"{{ form: '{form}' }}");
        await PayAsync(browser, "4000002760003184");
        await new Challenge(browser.Page).CompleteAsync();
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("succeeded");
    });

    [NodeFact(isDear: true)]
    public Task A_decline_is_told_and_the_next_card_pays() => BrowserSession.RunAsync(async browser =>
    {
        await ReactShop.OpenAsync(browser, "{ form: 'card' }");
        await PayAsync(browser, "4000000000009995");
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("Your card has insufficient funds.");
        await PayAsync(browser, "5555555555554444");
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("succeeded");
    });

    [NodeFact(isDear: true)]
    public Task Split_fields_in_react_pay() => BrowserSession.RunAsync(async browser =>
    {
        await ReactShop.OpenAsync(browser, "{ form: 'split' }");
        await Field(browser, "number").PressSequentiallyAsync("378282246310005");
        await Field(browser, "expiry").PressSequentiallyAsync(CardElement.FutureExpiry);
        await Field(browser, "code").PressSequentiallyAsync("1234");
        await PressPayAsync(browser);
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("succeeded");
    });

    [NodeFact(isDear: true)]
    public Task The_code_of_a_card_at_hand_is_typed_again() => BrowserSession.RunAsync(async browser =>
    {
        var shop = await ReactShop.OpenAsync(browser, "{ form: 'code again' }");
        await PressPayAsync(browser);
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("Enter the whole security code.");

        await Field(browser, "code").PressSequentiallyAsync("314");
        var confirmed = await browser.Page.RunAndWaitForRequestAsync(
            () => PressPayAsync(browser), request => request.Url.StartsWith(shop.Sandbox.ToString(), StringComparison.Ordinal) && request.Url.EndsWith("/confirm", StringComparison.Ordinal));
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("succeeded");
        Assert.Contains("payment_method_options[card][cvc]=314", Uri.UnescapeDataString(confirmed.PostData!), StringComparison.Ordinal);
    });

    [NodeFact(isDear: true)]
    public Task Components_hear_their_element_and_get_it_when_it_is_ready() => BrowserSession.RunAsync(async browser =>
    {
        await ReactShop.OpenAsync(browser, "{ form: 'card' }");
        var card = new CardElement(browser.Page);
        await card.FillAsync("4242424242424242");
        await browser.Page.BecomesTrueAsync("heard.some(([name, type, complete]) => name === 'change' && type === 'card' && complete)");
        var heard = await browser.Page.EvaluateAsync<JsonElement>("heard");
        var events = heard.EnumerateArray().Select(entry => string.Join(' ', entry.EnumerateArray().Select(part => part.ToString()))).ToList();
        Assert.Contains("ready function True", events);
        Assert.Contains("focus card", events);
        Assert.DoesNotContain("ready function False", events);
    });

    [NodeFact(isDear: true)]
    public Task Options_that_change_reach_the_element_and_a_form_shown_again_pays() => BrowserSession.RunAsync(async browser =>
    {
        await ReactShop.OpenAsync(browser, "{ form: 'changing' }");
        var card = new CardElement(browser.Page);
        await Expect(card.Postal).ToBeVisibleAsync();
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Expect(card.Number).ToHaveCSSAsync("color", "rgb(255, 255, 255)");
        await Expect(card.Postal).ToBeHiddenAsync();

        var toggle = browser.Page.GetByRole(AriaRole.Button, new() { Name = "Toggle" });
        await toggle.ClickAsync();
        await Expect(card.Frame).ToHaveCountAsync(0);
        await toggle.ClickAsync();
        await PayAsync(browser, "4242424242424242");
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("succeeded");
    });

    [NodeFact(isDear: true)]
    public Task Options_of_the_provider_may_change() => BrowserSession.RunAsync(async browser =>
    {
        await ReactShop.OpenAsync(browser, "{ form: 'card', elements: { locale: 'en' } }");
        await Expect(new CardElement(browser.Page).Number).ToBeVisibleAsync();
        await browser.Page.EvaluateAsync("() => { elements.on('update-end', () => { window.updated = true; }); showShop({ locale: 'de', appearance: { theme: 'night' } }); }");
        await browser.Page.BecomesTrueAsync("window.updated");
        await PayAsync(browser, "4242424242424242");
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("succeeded");
    });

    /// <summary>The loader warns of a script of another release train, and of none for its own.</summary>
    [NodeTheory(isDear: true)]
    [InlineData("/endive/stripe.js", 0)]
    [FullData("/dahlia/stripe.js", 1)]
    [FullData("/v3/", 1)]
    public Task The_loader_finds_the_train_that_it_was_made_for(string script, int warnings) => BrowserSession.RunAsync(async browser =>
    {
        var warned = new List<string>();
        browser.Page.Console += (_, message) =>
        {
            if (message.Type == "warning") warned.Add(message.Text);
        };
        await ReactShop.OpenAsync(browser, "{ form: 'card' }", script);
        await Expect(new CardElement(browser.Page).Number).ToBeVisibleAsync();
        Assert.Equal(warnings, warned.Count(text => text.Contains("expected Stripe.js@endive", StringComparison.Ordinal)));
    });

    /// <summary>Where a proxy or a hosts file makes the sandbox js.stripe.com, nothing on the page needs to know.</summary>
    [NodeFact(isDear: true)]
    public Task The_loader_loads_the_script_itself() => BrowserSession.RunAsync(async browser =>
    {
        var shop = await ReactShop.StartedAsync();
        await browser.Page.RouteAsync("https://js.stripe.com/**", async route =>
        {
            var path = new Uri(route.Request.Url).PathAndQuery;
            await route.FulfillAsync(new() { Response = await route.FetchAsync(new() { Url = new Uri(shop.Sandbox, path).ToString() }) });
        });
        await ReactShop.OpenAsync(browser, "{ form: 'card' }", script: "");
        await PayAsync(browser, "4242424242424242");
        await Expect(browser.Page.Locator("output")).ToHaveTextAsync("succeeded");
    });

    private static async Task PayAsync(BrowserSession browser, string number)
    {
        await new CardElement(browser.Page).FillAsync(number);
        await PressPayAsync(browser);
    }

    private static Task PressPayAsync(BrowserSession browser) => browser.Page.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync();

    private static ILocator Field(BrowserSession browser, string container) => browser.Page.FrameLocator($"#{container} iframe").Locator("input");
}
