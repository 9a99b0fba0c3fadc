using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>A page that a developer happens to visit tries what any page can, in a real browser.</summary>
public sealed class ForeignPageTests
{
    private const string Payment =
        "key=sk_test_sandbox&_stripe_version=2026-10-28.endive&amount=1999&currency=usd&confirm=true&confirmation_method=manual&allowed_payment_method_types[]=card&payment_method=pm_card_visa";

    public static TheoryData<string> Attempts =>
    [
        // Neither asks the sandbox first whether it may.
        $"fetch('SANDBOX/v1/payment_intents', {{ method: 'POST', mode: 'no-cors', body: new URLSearchParams('{Payment}') }})",
        $"fetch('SANDBOX/v1/payment_intents?{Payment}', {{ method: 'POST', mode: 'no-cors', referrerPolicy: 'no-referrer' }})",
        $"navigator.sendBeacon('SANDBOX/v1/payment_intents', new URLSearchParams('{Payment}'))",
        "fetch('SANDBOX/v1/payment_intents', { method: 'POST', headers: { Authorization: 'Bearer sk_test_sandbox' }, body: 'amount=1999&currency=usd' })",
        "fetch('SANDBOX/v1/webhook_endpoints', { method: 'POST', mode: 'no-cors', body: new URLSearchParams('key=sk_test_sandbox&url=https://evil.example/&enabled_events[]=*') })",
        "fetch('SANDBOX/v1/payment_methods', { method: 'POST', headers: { Authorization: 'Bearer sk_test_sandbox' }, body: new URLSearchParams('type=card&card[token]=tok_visa') })",
        "fetch('SANDBOX/_sandbox/webhook_endpoints', { method: 'POST', mode: 'no-cors', body: new URLSearchParams('url=https://evil.example/&secret=whsec_1') })",
        "fetch('SANDBOX/_sandbox/clock', { method: 'POST', mode: 'no-cors', body: new URLSearchParams('advance=60') })",
        "new Promise(done => { const image = new Image(); image.onerror = image.onload = done; image.src = 'SANDBOX/v1/customers?key=sk_test_sandbox'; })",
        $$"""
        new Promise(done => {
          const frame = Object.assign(document.createElement('iframe'), { name: 'target' });
          document.body.append(frame);
          const form = Object.assign(document.createElement('form'), { method: 'POST', action: 'SANDBOX/v1/payment_intents', target: 'target' });
          for (const [name, value] of new URLSearchParams('{{Payment}}')) form.append(Object.assign(document.createElement('input'), { name, value }));
          document.body.append(form);
          frame.onload = done;
          form.submit();
        })
        """,
    ];

    [Theory]
    [MemberData(nameof(Attempts))]
    public Task It_gets_nothing_done(string attempt) => BrowserSession.RunAsync(async browser =>
    {
        browser.Problems.Expect(".");
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var page = await OpenPageAsync();
        await browser.Page.GotoAsync(page.Urls.First());
        var origin = sandbox.Server.Address.GetLeftPart(UriPartial.Authority);

        await browser.Page.EvaluateAsync($"() => Promise.resolve({attempt.Replace("SANDBOX", origin, StringComparison.Ordinal)}).catch(() => 'refused')");
        // What the browser sent before is worked off before this.
        await browser.Page.EvaluateAsync($"fetch('{origin}/healthz', {{ mode: 'no-cors' }})");

        Assert.Empty(sandbox.Server.Books.Everything());
        Assert.False(sandbox.Server.Books.All<ClockSetting>().Any());
    });

    /// <summary>The name of an attacker's site is made to resolve to this machine: its pages are of one origin with the sandbox.</summary>
    [Fact]
    public async Task A_name_that_leads_here_opens_nothing()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var browser = await Chromium.LaunchWithAsync("--host-resolver-rules=MAP evil.example 127.0.0.1");
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"http://evil.example:{sandbox.Server.Address.Port}/healthz");

        foreach (var (method, path) in new[]
                 {
                     ("GET", "/v1/payment_intents"), ("POST", $"/v1/payment_intents?{Payment}"), ("GET", "/_sandbox/books"), ("POST", "/_sandbox/reset"), ("GET", "/"),
                 })
        {
            var status = await page.EvaluateAsync<int>(
                "async ([method, path]) => (await fetch(path, { method, headers: { Authorization: 'Bearer sk_test_sandbox' } })).status", new[] { method, path });
            Assert.True(status == 403, $"{method} {path}: {status}");
        }

        Assert.Empty(sandbox.Server.Books.Everything());
    }

    private static async Task<WebApplication> OpenPageAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content("<!doctype html><title>Any page</title><p>Hello</p>", MediaTypeNames.Text.Html));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        await app.StartAsync();
        return app;
    }
}
