using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>Mounting, moving, losing and destroying elements, as pages with a framework in them do.</summary>
public sealed class ElementLifecycleTests
{
    private const string Mounted = "new Promise(resolve => card.on('ready', () => resolve()).mount('#card'))";

    [Fact]
    public Task A_remounted_element_is_empty_and_says_so() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.PressSequentiallyAsync("4242");
        await browser.Page.EventAsync("event.brand === 'visa'");

        await browser.Page.EvaluateAsync("card.unmount()");
        await Expect(card.Frame).ToHaveCountAsync(0);
        await Expect(browser.Page.Locator("#card")).ToHaveClassAsync("");
        await browser.Page.EvaluateAsync(Mounted);
        await Expect(card.Number).ToHaveValueAsync("");
        await browser.Page.EventAsync("event.name === 'change' && event.empty");
    });

    [FullFact]
    public Task Mounting_twice_on_the_same_node_changes_nothing() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.Number.PressSequentiallyAsync("4242");
        await browser.Page.EvaluateAsync("card.mount('#card')");
        await Expect(card.Number).ToHaveValueAsync("4242");
        await Expect(card.Frame).ToHaveCountAsync(1);
    });

    [FullFact]
    public Task A_moved_container_loads_its_fields_anew() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.FillAsync("4242424242424242");
        await browser.Page.EventAsync("event.complete");
        await browser.Page.EvaluateAsync("document.querySelector('main').append(document.getElementById('card'))");
        await browser.Page.EventAsync("event.name === 'change' && event.empty");
        await Expect(browser.Page.Locator("#card")).ToHaveClassAsync("StripeElement StripeElement--empty");

        await card.FillAsync("4242424242424242");
        Assert.StartsWith("pm_", (await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card })"))
            .GetProperty("value").GetProperty("paymentMethod").GetProperty("id").GetString(), StringComparison.Ordinal);
    });

    [FullFact]
    public Task An_element_whose_node_a_framework_dropped_can_be_mounted_again() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await browser.Page.EvaluateAsync("""
            () => {
              const dropped = document.getElementById('card');
              dropped.replaceWith(Object.assign(document.createElement('div'), { id: 'card' }));
            }
            """);
        var outcome = await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card })");
        Assert.Equal("IntegrationError", outcome.GetProperty("rejected").GetString());

        await browser.Page.EvaluateAsync("card.mount('#card')");
        await card.Number.PressSequentiallyAsync("4242");
        await Expect(browser.Page.Locator("#card")).ToHaveClassAsync("StripeElement StripeElement--focus");
    });

    [FullFact]
    public Task A_card_whose_frame_goes_in_mid_call_is_an_answer_that_never_came() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("/v1/payment_methods");
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await card.FillAsync("4242424242424242");
        var asked = new TaskCompletionSource();
        await browser.Page.RouteAsync("**/v1/payment_methods", _ =>
        {
            asked.SetResult();
            return Task.CompletedTask;
        });
        await browser.Page.EvaluateAsync("() => { window.pending = shop.outcome(stripe.createPaymentMethod({ type: 'card', card })); }");
        await asked.Task;
        await browser.Page.EvaluateAsync("document.getElementById('card').remove()");
        var outcome = await browser.Page.EvaluateAsync<System.Text.Json.JsonElement>("pending");
        Assert.Equal("api_connection_error", outcome.GetProperty("value").GetProperty("error").GetProperty("type").GetString());
    });

    [FullFact]
    public Task A_destroyed_element_is_gone_for_good_and_another_can_be_made() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await browser.Page.EvaluateAsync("card.destroy()");
        await Expect(card.Frame).ToHaveCountAsync(0);
        Assert.Equal("IntegrationError", await ThrownAsync(browser.Page, "card.mount('#card')"));
        Assert.True(await browser.Page.EvaluateAsync<bool>("elements.getElement('card') === null"));

        await browser.Page.EvaluateAsync("shop.mount('card', '#card', {})");
        await card.Number.PressSequentiallyAsync("4242");
        await Expect(card.Number).ToHaveValueAsync("4242");
    });

    [FullTheory]
    [InlineData("elements.create('card')")]
    [InlineData("elements.create('cardNumber')")]
    [FullData("elements.create('iban')")]
    [FullData("card.mount('#nowhere')")]
    [FullData("card.mount(42)")]
    [FullData("card.on('change')")]
    [FullData("Stripe()")]
    [FullData("Stripe('')")]
    [FullData("Stripe('sk_test_secret')")]
    public Task What_cannot_work_throws_at_the_integrator(string call) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        Assert.Equal("IntegrationError", await ThrownAsync(browser.Page, call));
    });

    [FullFact]
    public Task Handlers_can_be_taken_off_and_called_once() => BrowserSession.RunAsync(async browser =>
    {
        var (_, card) = await HostPage.OpenWithCardAsync(browser);
        await browser.Page.EvaluateAsync("""
            () => {
              window.counts = { once: 0, off: 0 };
              const counted = () => counts.off++;
              card.once('focus', () => counts.once++).on('focus', counted).off('focus', counted);
            }
            """);
        await card.Number.FocusAsync();
        await browser.Page.Locator("#name").FocusAsync();
        await card.Number.FocusAsync();
        await browser.Page.BecomesTrueAsync("shop.events.filter(event => event.name === 'focus').length === 2");
        Assert.Equal("{\"once\":1,\"off\":0}", await browser.Page.EvaluateAsync<string>("JSON.stringify(counts)"));
    });

    [FullFact]
    public Task The_script_may_be_added_later_and_loaded_again() => BrowserSession.RunAsync(async browser =>
    {
        var host = await HostPage.OpenAsync(browser, "/bare");
        foreach (var path in new[] { "/v3", "/dahlia/stripe.js", "/clover/stripe.js" })
        {
            await browser.Page.EvaluateAsync("""
                source => new Promise((resolve, reject) => {
                  document.head.append(Object.assign(document.createElement('script'), { src: source, onload: resolve, onerror: reject }));
                })
                """, new Uri(host.Sandbox, path).ToString());
            await browser.Page.EvaluateAsync("() => { window.first ??= Stripe; }");
        }

        Assert.True(await browser.Page.EvaluateAsync<bool>("window.first === Stripe"));
        await browser.Page.EvaluateAsync("shop.mount('card', '#card', {})");
        await new CardElement(browser.Page).Number.PressSequentiallyAsync("4242");
        await browser.Page.EventAsync("event.brand === 'visa'");
    });

    [FullFact]
    public Task Two_instances_on_a_page_do_not_know_of_each_other() => BrowserSession.RunAsync(async browser =>
    {
        var (_, first) = await HostPage.OpenWithCardAsync(browser);
        await browser.Page.EvaluateAsync("""
            () => new Promise(resolve => {
              window.otherStripe = Stripe('pk_test_sandbox');
              window.otherCard = otherStripe.elements().create('card');
              otherCard.on('ready', resolve).mount('#number');
            })
            """);
        var second = new CardElement(browser.Page, "#number");
        first = new CardElement(browser.Page, "#card");
        await first.FillAsync("4242424242424242");
        await second.FillAsync("5555555555554444");
        var brands = await browser.Page.EvaluateAsync<string[]>("""
            () => Promise.all([stripe.createPaymentMethod({ type: 'card', card }), otherStripe.createPaymentMethod({ type: 'card', card: otherCard })])
              .then(results => results.map(result => result.paymentMethod.card.brand))
            """);
        Assert.Equal(["visa", "mastercard"], brands);

        var mixed = await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card: otherCard })");
        Assert.Equal("IntegrationError", mixed.GetProperty("rejected").GetString());
    });

    [FullFact]
    public Task Fields_that_cannot_be_loaded_are_reported() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("elements-inner-card|ERR_FAILED");
        await browser.Context.RouteAsync("**/elements-inner-card.html", route => route.AbortAsync());
        await HostPage.OpenAsync(browser);
        await browser.Page.EvaluateAsync("() => { shop.create('card', {}).mount('#card'); }");
        Assert.Contains("api_connection_error", await browser.Page.EventAsync("event.name === 'loaderror'"), StringComparison.Ordinal);

        var outcome = await browser.Page.OutcomeAsync("stripe.createPaymentMethod({ type: 'card', card })");
        Assert.Equal("api_connection_error", outcome.GetProperty("value").GetProperty("error").GetProperty("type").GetString());
    });

    private static Task<string> ThrownAsync(IPage page, string call) =>
        page.EvaluateAsync<string>($"() => {{ try {{ {call}; return 'nothing'; }} catch (error) {{ return error.name; }} }}");
}
