using System.Text.Json;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>Ways to call Stripe.js that packages, tutorials and the published types have, and the sandbox's own examples do not.</summary>
public sealed class PublishedSurfaceTests
{
    [FullTheory]
    [InlineData("'card'", true)]
    [InlineData("Object.assign(() => {}, { __elementType: 'card' })", true)]
    [FullData("{ __elementType: 'card' }", true)]
    [FullData("'cardNumber'", false)]
    [FullData("Object.assign(() => {}, { __elementType: 'cardNumber' })", false)]
    [FullData("() => {}", false)]
    [FullData("{}", false)]
    [FullData("null", false)]
    [FullData("undefined", false)]
    public Task An_element_is_found_by_its_name_and_by_its_component(string type, bool found) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        var answer = await browser.Page.EvaluateAsync<string>($"() => {{ const it = elements.getElement({type}); return it === card ? 'card' : String(it); }}");
        Assert.Equal(found ? "card" : "null", answer);
    });

    [FullFact]
    public Task A_destroyed_element_is_found_no_more_and_a_new_one_takes_its_place() => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        Assert.True(await browser.Page.EvaluateAsync<bool>("() => { card.destroy(); return elements.getElement('card') === null; }"));
        await browser.Page.EvaluateAsync("shop.mount('card', '#card', {})");
        Assert.True(await browser.Page.EvaluateAsync<bool>("() => elements.getElement({ __elementType: 'card' }) === card"));
    });

    [FullTheory]
    [InlineData("stripe.elements(null)")]
    [InlineData("stripe.elements({ locale: null, fonts: null })")]
    [FullData("stripe.elements({ clientSecret: 'pi_1_secret_1', appearance: { theme: 'stripe' }, loader: 'auto', customerSessionClientSecret: 'x' })")]
    [FullData("Stripe('pk_test_sandbox', null).elements()")]
    [FullData("Stripe('pk_test_sandbox', { betas: ['x'], locale: undefined, stripeAccount: undefined, developerTools: { assistant: { enabled: false } } }).elements()")]
    public Task Options_that_shops_pass_are_taken(string call) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenAsync(browser);
        await browser.Page.EvaluateAsync("shop.start()");
        await browser.Page.EvaluateAsync($"() => new Promise(ready => {call}.create('card').on('ready', () => ready()).mount('#card'))");
        await Expect(new CardElement(browser.Page).Number).ToBeVisibleAsync();
    });

    [FullTheory]
    [InlineData("elements.update()")]
    [InlineData("elements.update(null)")]
    [FullData("elements.update({ appearance: {}, amount: 100, currency: 'eur' })")]
    public Task A_group_is_updated_and_says_when_it_is_done(string call) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        Assert.Equal("done", await browser.Page.EvaluateAsync<string>(
            $"async () => {{ let said = 'nothing'; elements.on('update-end', () => {{ said = 'done'; }}); await {call}; return said; }}"));
    });

    [FullFact]
    public Task Listeners_are_added_and_removed_as_older_tutorials_do() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await browser.Page.EvaluateAsync("""
            () => {
              window.first = 0;
              window.second = 0;
              const counts = () => first++;
              card.addEventListener('change', counts);
              card.addEventListener('change', () => second++);
              card.removeEventListener('change', counts);
            }
            """);
        await card.Number.PressSequentiallyAsync("4");
        await browser.Page.BecomesTrueAsync("second > 0");
        Assert.Equal(0, await browser.Page.EvaluateAsync<int>("first"));
    });

    [FullTheory]
    [InlineData("/v3/", "3")]
    [InlineData("/v3", "3")]
    [FullData("/endive/stripe.js", "endive")]
    [FullData("/dahlia/stripe.js?advancedFraudSignals=false", "dahlia")]
    public Task The_script_names_the_train_that_was_asked_for(string path, string version) => BrowserSession.RunAsync(async browser =>
    {
        var host = await HostPage.OpenAsync(browser, "/bare");
        await browser.Page.AddScriptTagAsync(new() { Url = new Uri(host.Sandbox, path).ToString() });
        Assert.Equal(version, await browser.Page.EvaluateAsync<string>("String(Stripe.version)"));
    });

    [FullFact]
    public Task Wrappers_say_who_they_are() => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        Assert.Equal("undefined undefined", await browser.Page.EvaluateAsync<string>(
            "`${stripe._registerWrapper({ name: 'stripe-js', version: '10.2.1', startTime: 1 })} ${stripe.registerAppInfo({ name: 'a', version: '1' })}`"));
    });

    [Theory]
    [InlineData("stripe.createToken(card)")]
    [InlineData("stripe.confirmPayment({ elements, confirmParams: {} })")]
    [FullData("stripe.confirmSepaDebitPayment('pi_1_secret_1')")]
    [FullData("stripe.createConfirmationToken({ elements })")]
    [FullData("stripe.createRadarSession()")]
    [FullData("elements.submit()")]
    public Task What_is_not_a_cards_is_refused_in_words(string call) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        var outcome = await browser.Page.OutcomeAsync(call);
        Assert.Equal("IntegrationError", outcome.GetProperty("rejected").GetString());
        Assert.Contains("sandbox", outcome.GetProperty("message").GetString(), StringComparison.Ordinal);
    });

    [FullFact]
    public Task No_wallet_can_pay() => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        Assert.Equal("null", await browser.Page.EvaluateAsync<string>("""
            async () => {
              const request = stripe.paymentRequest({ country: 'US', currency: 'usd', total: { label: 'Teapot', amount: 1999 } });
              request.on('paymentmethod', () => {});
              return String(await request.canMakePayment());
            }
            """));
    });

    [FullTheory]
    [InlineData("cardNumber", "holds no security code")]
    [InlineData("cardCvc", "still mounted")]
    public Task Only_a_mounted_code_element_stands_for_a_code(string type, string why) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenAsync(browser);
        await browser.Page.EvaluateAsync("() => { shop.start(); elements.create('cardNumber'); elements.create('cardCvc'); }");
        var outcome = await browser.Page.OutcomeAsync(
            $"stripe.confirmCardPayment('pi_1_secret_1', {{ payment_method: 'pm_1', payment_method_options: {{ card: {{ cvc: elements.getElement('{type}') }} }} }})");
        Assert.Equal("IntegrationError", outcome.GetProperty("rejected").GetString());
        Assert.Contains(why, outcome.GetProperty("message").GetString(), StringComparison.Ordinal);
    });
}
