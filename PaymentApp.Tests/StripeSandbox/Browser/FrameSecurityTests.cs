using System.Collections.Concurrent;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>What crosses the border between the shop's page and the sandbox's frames, and what must not.</summary>
public sealed class FrameSecurityTests
{
    private const string Number = "5555555555554444";
    private const string Code = "986";

    [Theory]
    [InlineData("card")]
    [InlineData("cardNumber")]
    public Task A_card_number_never_reaches_the_shops_page_or_server(string element) => BrowserSession.RunAsync(async browser =>
    {
        var requests = new ConcurrentBag<(string Url, string Body)>();
        browser.Context.Request += (_, request) => requests.Add((request.Url, request.PostData ?? ""));
        var host = element == "card" ? await TypeCardAsync(browser) : await TypeSplitCardAsync(browser);
        var outcome = await browser.Page.OutcomeAsync($"stripe.createPaymentMethod({{ type: 'card', card: {element} }})");
        var method = outcome.GetProperty("value").GetProperty("paymentMethod").GetRawText();

        Assert.DoesNotContain(Number, method, StringComparison.Ordinal);
        var heard = await browser.Page.EvaluateAsync<string[]>("shop.heard");
        Assert.NotEmpty(heard);
        Assert.DoesNotContain(heard, HoldsCard);
        Assert.False(HoldsCard(await browser.Page.ContentAsync()));
        var carriers = requests.Where(request => HoldsCard(request.Body) || HoldsCard(request.Url)).Select(request => request.Url);
        Assert.Equal([new Uri(host.Sandbox, "/v1/payment_methods").ToString()], carriers);
    });

    [Fact]
    public Task The_shops_page_cannot_ask_a_frame_for_its_card() => BrowserSession.RunAsync(async browser =>
    {
        await TypeCardAsync(browser);
        await browser.Page.EvaluateAsync("""
            () => {
              window.leaked = [];
              const frame = document.querySelector('#card iframe').contentWindow;
              for (const message of [{ stripe: 'collect' }, { stripe: 'connect', initial: { options: {} } }]) {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = ({ data }) => leaked.push(data);
                frame.postMessage(message, '*', [port2]);
              }
            }
            """);
        // The frame works messages off in order: when it has answered this one, it has passed over those.
        await browser.Page.EvaluateAsync("card.clear()");
        await browser.Page.EventAsync("event.name === 'change' && event.empty");
        Assert.Empty(await browser.Page.EvaluateAsync<string[]>("leaked.map(message => JSON.stringify(message))"));
    });

    [Fact]
    public Task A_frame_listens_only_to_the_origin_that_it_was_made_for() => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("target origin");
        var host = await HostPage.OpenAsync(browser);
        await browser.Page.EvaluateAsync("""
            source => new Promise(resolve => {
              window.leaked = [];
              const frame = document.createElement('iframe');
              frame.onload = () => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = ({ data }) => leaked.push(data);
                frame.contentWindow.postMessage({ stripe: 'connect', initial: { options: {} } }, '*', [port2]);
                resolve();
              };
              frame.src = source;
              document.body.append(frame);
            })
            """, new Uri(host.Sandbox, "/v3/elements-inner-card.html#component=card&host=https%3A%2F%2Felsewhere.example").ToString());
        await browser.Page.EvaluateAsync("shop.mount('card', '#card', {})");
        Assert.Empty(await browser.Page.EvaluateAsync<string[]>("leaked.map(message => JSON.stringify(message))"));
    });

    [FullFact]
    public Task A_message_that_only_looks_like_a_frames_gets_no_port() => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenWithCardAsync(browser);
        await browser.Page.EvaluateAsync("""
            () => new Promise(resolve => {
              window.answers = [];
              window.addEventListener('message', event => {
                if (event.data === 'last') resolve();
                else answers.push(event.data.stripe);
              });
              window.postMessage({ stripe: 'hello' }, '*');
              window.postMessage('last', '*');
            })
            """);
        Assert.Equal(["hello"], await browser.Page.EvaluateAsync<string[]>("answers"));
        await new CardElement(browser.Page).Number.PressSequentiallyAsync("4242");
        await browser.Page.EventAsync("event.brand === 'visa'");
    });

    private static async Task<HostPage> TypeCardAsync(BrowserSession browser)
    {
        var (host, card) = await HostPage.OpenWithCardAsync(browser);
        await card.FillAsync(Number, cvc: Code);
        await browser.Page.EventAsync("event.complete");
        return host;
    }

    private static async Task<HostPage> TypeSplitCardAsync(BrowserSession browser)
    {
        var host = await HostPage.OpenAsync(browser);
        foreach (var (type, container, text) in new[]
        {
            ("cardNumber", "number", Number), ("cardExpiry", "expiry", CardElement.FutureExpiry), ("cardCvc", "code", Code),
        })
        {
            await browser.Page.EvaluateAsync($"shop.mount('{type}', '#{container}', {{}})");
            await browser.Page.FrameLocator($"#{container} iframe").Locator("input").PressSequentiallyAsync(text);
        }

        return host;
    }

    private static bool HoldsCard(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).Contains(Number, StringComparison.Ordinal)
        || text.Contains($"\"{Code}\"", StringComparison.Ordinal) || text.Contains($"={Code}", StringComparison.Ordinal);
}
