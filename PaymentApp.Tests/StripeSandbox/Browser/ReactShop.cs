using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Node;
using StripeSandbox;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>
/// A shop in React, with Stripe's packages unmodified from npm (<c>Node/react/</c>), whose server pays as the guide does. One
/// for the whole run: it keeps nothing between tests.
/// </summary>
internal sealed class ReactShop
{
    private static readonly Lazy<Task<ReactShop>> Started = new(StartAsync);

    private ReactShop(Uri address, Uri sandbox) => (Address, Sandbox) = (address, sandbox);

    public Uri Address { get; }

    public Uri Sandbox { get; }

    public static Task<ReactShop> StartedAsync() => Started.Value;

    /// <summary>Opens a page that has loaded Stripe.js from <paramref name="script"/> of the sandbox, and a form of the shop.</summary>
    public static async Task<ReactShop> OpenAsync(BrowserSession browser, string settings, string script = "/endive/stripe.js")
    {
        var shop = await StartedAsync();
        await browser.Page.GotoAsync(new Uri(shop.Address, $"/?script={script}").ToString());
        await browser.Page.EvaluateAsync($"openShop({settings})");
        return shop;
    }

    private static async Task<ReactShop> StartAsync()
    {
        var bundle = Path.Combine(Directory.CreateTempSubdirectory("react-shop").FullName, "shop.js");
        var built = await NodePackages.RunAsync(["react/build.mjs", bundle]);
        Assert.True(built.ExitCode == 0, built.Output);
        var script = await File.ReadAllTextAsync(bundle);
        Directory.Delete(Path.GetDirectoryName(bundle)!, recursive: true);

        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Url = "http://127.0.0.1:0" });
        var origin = sandbox.Address.GetLeftPart(UriPartial.Authority);
        var api = new SandboxApi(sandbox.Address);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Use((context, next) =>
        {
            // Stripe's own host is there for its loader, which loads from nowhere else.
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' {origin} https://js.stripe.com; frame-src {origin} https://js.stripe.com; connect-src 'self'";
            return next(context);
        });
        app.MapGet("/", (string? script) => Results.Content(Page(string.IsNullOrEmpty(script) ? "" : $"<script src=\"{origin}{script}\"></script>"), MediaTypeNames.Text.Html));
        app.MapGet("/shop.js", () => Results.Content(script, "text/javascript; charset=utf-8"));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapPost("/pay", async (HttpRequest request) => await api.PayAsync((await request.ReadFormAsync())["payment_method"].ToString()));
        app.MapPost("/confirm", async (HttpRequest request) => await api.ConfirmIntentAsync((await request.ReadFormAsync())["id"].ToString()));
        app.MapPost("/intent", () => api.CreateUnconfirmedIntentAsync());
        await app.StartAsync();
        return new ReactShop(new UriBuilder(app.Urls.First()) { Host = "localhost" }.Uri, sandbox.Address);
    }

    private static string Page(string stripeScript) => $"""
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8">
            <title>React shop</title>
            {stripeScript}
          </head>
          <body>
            <main id="root"></main>
            <script src="/shop.js"></script>
          </body>
        </html>
        """;
}
