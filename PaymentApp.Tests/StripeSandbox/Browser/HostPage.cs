using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>
/// A shop of a few lines on an origin of its own, under the Content-Security-Policy that a careful one has, beside a sandbox
/// on another: what Stripe.js meets in the field. One for the whole run: it keeps nothing between tests.
/// </summary>
internal sealed class HostPage
{
    private static readonly Lazy<Task<HostPage>> Started = new(StartAsync);

    private HostPage(Uri address, Uri sandbox)
    {
        Address = address;
        Sandbox = sandbox;
        Api = new SandboxApi(sandbox);
    }

    public Uri Address { get; }

    public Uri Sandbox { get; }

    public SandboxApi Api { get; }

    public static Task<HostPage> StartedAsync() => Started.Value;

    /// <summary>Opens the page, with Stripe.js loaded and <c>stripe</c> and <c>elements</c> at hand for the test.</summary>
    public static async Task<HostPage> OpenAsync(BrowserSession browser, string path = "/")
    {
        var host = await StartedAsync();
        await browser.Page.GotoAsync(new Uri(host.Address, path).ToString());
        return host;
    }

    /// <summary>Opens the page and mounts a card element with these options (a JavaScript object), ready for typing.</summary>
    public static async Task<(HostPage Host, CardElement Card)> OpenWithCardAsync(BrowserSession browser, string options = "{}")
    {
        var host = await OpenAsync(browser);
        await browser.Page.EvaluateAsync($"shop.mount('card', '#card', {options})");
        return (host, new CardElement(browser.Page));
    }

    private static async Task<HostPage> StartAsync()
    {
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Url = "http://127.0.0.1:0" });
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sandboxOrigin = sandbox.Address.GetLeftPart(UriPartial.Authority);
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' {sandboxOrigin}; frame-src {sandboxOrigin}; style-src 'self'; connect-src 'self'; img-src 'self' data:";
            return next(context);
        });
        app.MapGet("/", () => Results.Content(HostContent.Page($"<script src=\"{sandboxOrigin}/v3/\"></script>"), MediaTypeNames.Text.Html));
        app.MapGet("/bare", () => Results.Content(HostContent.Page(""), MediaTypeNames.Text.Html));
        app.MapGet("/host.js", () => Results.Content(HostContent.Script, MediaTypeNames.Text.JavaScript));
        app.MapGet("/host.css", () => Results.Content(HostContent.Style, MediaTypeNames.Text.Css));
        app.MapGet("/fonts/wide.ttf", (HttpContext context) => Shared(context, Results.Bytes(WideFont.Bytes, "font/ttf")));
        app.MapGet("/fonts/wide.css", (HttpContext context) => Shared(context, Results.Content(HostContent.FontStyle, MediaTypeNames.Text.Css)));
        app.MapGet("/fonts/nothing.{type}", (HttpContext context) => Shared(context, Results.NotFound()));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        await app.StartAsync();
        return new HostPage(new UriBuilder(app.Urls.First()) { Host = "localhost" }.Uri, sandbox.Address);
    }

    /// <summary>Fonts are asked for by the sandbox's frames, across origins.</summary>
    private static IResult Shared(HttpContext context, IResult result)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return result;
    }
}
