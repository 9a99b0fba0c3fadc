using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>The shop's fonts in the sandbox's frames.</summary>
public sealed class FontTests
{
    private const string WideStyle = "{ style: { base: { fontFamily: 'Wide', fontSize: '16px' } } }";

    [FullTheory]
    [InlineData("{ family: 'Wide', src: 'url(/fonts/wide.ttf) format(\"truetype\")', weight: '400', style: 'normal', unicodeRange: 'U+30-39', display: 'swap' }")]
    [InlineData("{ cssSrc: '/fonts/wide.css' }")]
    public Task A_font_of_the_shops_is_loaded_in_the_frame_and_used(string font) => BrowserSession.RunAsync(async browser =>
    {
        var card = await OpenWithFontAsync(browser, font);
        await card.Number.PressSequentiallyAsync("4242");
        await Expect(card.Number).ToHaveValueAsync("4242");
        await WaitForFontAsync(browser);
        Assert.Equal(4 * 2 * 16, await card.Number.EvaluateAsync<int>("""
            input => {
              const canvas = document.createElement('canvas').getContext('2d');
              canvas.font = getComputedStyle(input).font;
              return Math.round(canvas.measureText(input.value).width);
            }
            """));
        Assert.True(await card.Number.EvaluateAsync<bool>("() => document.fonts.check('16px Wide', '4242')"));
    });

    [FullFact]
    public Task A_font_is_fetched_before_anything_is_typed() => BrowserSession.RunAsync(async browser =>
    {
        var asked = new List<string>();
        browser.Context.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        var card = await OpenWithFontAsync(browser, "{ family: 'Wide', src: 'url(/fonts/wide.ttf)', unicodeRange: 'U+39' }");
        await WaitForFontAsync(browser);
        Assert.Contains("/fonts/wide.ttf", asked);
        asked.Clear();
        await card.Number.PressSequentiallyAsync("9");
        await browser.Page.EventAsync("event.name === 'change' && !event.empty");
        Assert.DoesNotContain(asked, path => path.StartsWith("/fonts/", StringComparison.Ordinal));
    });

    [FullTheory]
    [InlineData("{ family: 'Wide', src: 'url(/fonts/nothing.ttf)' }")]
    [InlineData("{ cssSrc: '/fonts/nothing.css' }")]
    public Task A_font_that_is_not_there_is_a_warning_and_no_more(string font) => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect("/fonts/nothing|404");
        var warned = new TaskCompletionSource<string>();
        browser.Page.Console += (_, message) =>
        {
            if (message.Type == "warning") warned.TrySetResult(message.Text);
        };
        var card = await OpenWithFontAsync(browser, font);
        Assert.Contains("could not be loaded", await warned.Task, StringComparison.Ordinal);
        await card.FillAsync("4242424242424242");
        await browser.Page.EventAsync("event.complete");
    });

    [FullTheory]
    [InlineData("{}")]
    [InlineData("{ family: 'Wide' }")]
    [FullData("{ cssSrc: 'http://' }")]
    public Task A_font_without_a_source_throws_at_the_integrator(string font) => BrowserSession.RunAsync(async browser =>
    {
        await HostPage.OpenAsync(browser);
        Assert.Equal("IntegrationError", await browser.Page.EvaluateAsync<string>(
            $"() => {{ shop.start(); try {{ stripe.elements({{ fonts: [{font}] }}); return 'nothing'; }} catch (error) {{ return error.name; }} }}"));
    });

    [Theory]
    [InlineData("", null, "'self'")]
    [InlineData("?font=https://fonts.example", "https://fonts.example", "'self'")]
    [FullData("?font=data:&font=http://127.0.0.1:81&font=data:", "data: http://127.0.0.1:81", "'self'")]
    [FullData("?css=https://styles.example", "https://styles.example https: data:", "'self' https://styles.example")]
    [FullData("?font=https://a.example;script-src%20*&css=*&font=*&css=https://b.example%0d%0ax:y&font=https://%D1%8F.example", null, "'self'")]
    public async Task The_frames_policy_opens_to_the_fonts_that_were_asked_for_and_to_nothing_else(string query, string? fonts, string connections)
    {
        using var client = new HttpClient();
        var host = await HostPage.StartedAsync();
        using var response = await client.GetAsync(new Uri(host.Sandbox, $"/v3/elements-inner-card.html{query}"));
        var policy = Assert.Single(response.EnsureSuccessStatusCode().Headers.GetValues("Content-Security-Policy"))
            .Split("; ").ToDictionary(directive => directive.Split(' ', 2)[0], directive => directive.Split(' ', 2)[1]);
        Assert.Equal(fonts, policy.GetValueOrDefault("font-src"));
        Assert.Equal(connections, policy["connect-src"]);
        Assert.Equal("'self'", policy["script-src"]);
        Assert.Equal("'none'", policy["default-src"]);
        Assert.False(response.Headers.Contains("x"));
    }

    private static async Task<CardElement> OpenWithFontAsync(BrowserSession browser, string font)
    {
        await HostPage.OpenAsync(browser);
        await browser.Page.EvaluateAsync($"() => {{ window.stripe = Stripe('pk_test_sandbox'); window.elements = stripe.elements({{ fonts: [{font}] }}); }}");
        await browser.Page.EvaluateAsync($"shop.mount('card', '#card', {WideStyle})");
        return new CardElement(browser.Page);
    }

    private static async Task WaitForFontAsync(BrowserSession browser)
    {
        var frame = browser.Page.Frames.Single(frame => frame.Url.Contains("elements-inner-card", StringComparison.Ordinal));
        await frame.BecomesTrueAsync("[...document.fonts].some(face => face.family === 'Wide' && face.status === 'loaded')");
    }
}
