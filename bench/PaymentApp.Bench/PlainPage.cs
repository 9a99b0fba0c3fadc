using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PaymentApp.Bench;

/// <summary>
/// The least that takes a card with Stripe: one static page with a card element, and one endpoint that makes the request
/// and keeps nothing. What the shop's checkout is measured against.
/// </summary>
internal sealed class PlainPage : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly BareCalls.OverHttp _stripe;

    private PlainPage(WebApplication app, BareCalls.OverHttp stripe) => (_app, _stripe) = (app, stripe);

    public Uri Address => new(_app.Urls.First());

    public static async Task<PlainPage> StartAsync(Uri sandbox)
    {
        var stripe = new BareCalls.OverHttp(sandbox);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var html = Html(new Uri(sandbox, "/dahlia/stripe.js"));
        app.MapGet("/", () => Results.Content(html, "text/html"));
        app.MapPost("/pay/{paymentMethod}", async (string paymentMethod) =>
            await stripe.CreateAsync(paymentMethod) is null ? Results.StatusCode(StatusCodes.Status402PaymentRequired) : Results.Ok());
        await app.StartAsync();
        return new PlainPage(app, stripe);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _stripe.Dispose();
    }

    private static string Html(Uri stripeJs) =>
        $$"""
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Pay</title>
        <script src="{{stripeJs}}"></script>
        <h1>Pour-over kettle, $49.00</h1>
        <form><div id="card"></div><button disabled>Pay $49.00</button></form>
        <script>
          const stripe = Stripe("{{SandboxProcess.Keys.PublishableKey}}");
          const card = stripe.elements().create("card");
          const form = document.querySelector("form");
          card.on("ready", () => { form.querySelector("button").disabled = false; });
          card.mount("#card");
          form.addEventListener("submit", async event => {
            event.preventDefault();
            const { paymentMethod } = await stripe.createPaymentMethod({ type: "card", card });
            const paid = await fetch("/pay/" + paymentMethod.id, { method: "POST" });
            document.querySelector("h1").textContent = paid.ok ? "Payment complete" : "Declined";
          });
        </script>
        </html>
        """;
}
