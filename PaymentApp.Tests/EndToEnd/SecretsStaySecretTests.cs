using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Telemetry;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>Everything the shop writes down of a whole visit, at the finest level, searched for the secrets that were really used.</summary>
public sealed class SecretsStaySecretTests
{
    private const string WebhookSecret = "whsec_of_this_visit";

    private static readonly string[] Typed = ["4000000000009995", "4000002500003155"];

    [Fact]
    public async Task Neither_logs_nor_traces_nor_metrics_of_a_visit_hold_a_secret_or_a_card()
    {
        using var log = new LogCapture();
        var traced = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue(Written(activity)),
        };
        ActivitySource.AddActivityListener(listener);
        var telemetry = new RecordedTelemetry();
        await using var shop = await Shop.OpenAsync(
            configure: services =>
            {
                services.AddLogging(logging => logging.AddProvider(log).AddFilter<LogCapture>(category: null, LogLevel.Trace));
                telemetry.AddTo(services);
            },
            settings: ("Stripe:WebhookSecret", WebhookSecret));
        await SendWebhooksToAsync(shop);

        string order = "";
        await BrowserSession.RunAsync(async session =>
        {
            var checkout = await CheckoutScreen.BuyAsync(session, shop);
            await session.Page.GetByLabel("E-mail for your receipt").FillAsync(LogGuard.ShopperEmail);
            await checkout.PayWithAsync(Typed[0]);
            await checkout.FailedAsync("enough funds");
            await checkout.PayWithAsync(Typed[1]);
            await checkout.Challenge.CompleteAsync();
            await checkout.PaidAsync();
            order = checkout.Order.Value;
            await session.Page.GotoAsync(new Uri(shop.Address, $"orders/{order}").ToString());
        });

        var intent = Assert.Single(shop.Sandbox.Books.All<PaymentIntent>());
        var secrets = Typed.Concat(Typed.Select(Grouped)).Concat(
            [intent.ClientSecret, intent.ClientSecret.Split("_secret_")[1], "sk_test_sandbox", WebhookSecret]).ToList();
        var written = log.Text;
        var traces = string.Join('\n', traced);
        await AssertTelemetryTellsNothingAsync(shop, telemetry, OrderId.Parse(order), [.. secrets, order, intent.Id, LogGuard.ShopperEmail]);

        // What is searched is the whole of it: what is no secret is found.
        Assert.Contains(order, written, StringComparison.Ordinal);
        Assert.Contains(log.Entries, entry => entry.Level == LogLevel.Trace);
        Assert.Contains(log.Entries, entry => entry.Text.Contains("Request starting", StringComparison.Ordinal));
        Assert.Contains("payment_intents", traces, StringComparison.Ordinal);
        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, traces, StringComparison.Ordinal);
        });
    }

    /// <summary>What a collector gets says still less: no order, no PaymentIntent, nobody's address.</summary>
    private static async Task AssertTelemetryTellsNothingAsync(
        Shop shop, RecordedTelemetry telemetry, OrderId order, IReadOnlyList<string> secrets)
    {
        var number = (await shop.Services.GetRequiredService<IPaymentLedger>().FindAsync(order))!.Order.Number;
        await Eventually.TrueAsync(() => telemetry.Spans.Any(
            span => span.DisplayName == "fulfil order" && span.GetTagItem("payment.order.number") as string == number));
        using (var visitor = new HttpClient())
            await visitor.GetAsync(new Uri(shop.Address, $"orders/{order}/none?order={order}"));

        var confirmed = Assert.Single(telemetry.Spans, span =>
            span.DisplayName == "step confirm_authenticated" && span.GetTagItem("payment.order.number") as string == number);
        var story = telemetry.TraceOf(confirmed.TraceId);
        var click = Assert.Single(story, span => span.ParentSpanId == default);
        Assert.Equal("Microsoft.AspNetCore.Components", click.Source.Name);
        Assert.All(["submit checkout", "pay order", "authenticate shopper", "confirm payment"], name => Assert.Single(story, span => span.DisplayName == name));
        Assert.Contains(telemetry.Spans, span => span.DisplayName.EndsWith("/orders/{Order}", StringComparison.Ordinal));
        var metrics = telemetry.MetricsOf(shop.Services).Select(RecordedTelemetry.Written).ToList();
        Assert.Contains(metrics, metric => metric.Contains("payments.outcomes", StringComparison.Ordinal));
        Assert.Contains(metrics, metric => metric.Contains("aspnetcore.components.circuit.active", StringComparison.Ordinal));
        var told = telemetry.Spans.Select(RecordedTelemetry.Written).Concat(metrics).ToList();
        Assert.All(secrets, secret => Assert.All(told, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }

    private static string Grouped(string number) => string.Join(' ', number.Chunk(4).Select(group => new string(group)));

    private static string Written(Activity activity) => string.Join(' ',
        [activity.DisplayName, .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"), .. activity.Baggage.Select(item => $"{item.Key}={item.Value}"),
         .. activity.Events.SelectMany(happened => happened.Tags.Select(tag => $"{happened.Name} {tag.Key}={tag.Value}"))]);

    private static async Task SendWebhooksToAsync(Shop shop)
    {
        using var client = new HttpClient { BaseAddress = shop.Sandbox.Address };
        using var endpoint = new FormUrlEncodedContent(
            [new("url", new Uri(shop.Address, "webhooks/stripe").ToString()), new("secret", WebhookSecret)]);
        using var answer = await client.PostAsync(new Uri("/_sandbox/webhook_endpoints", UriKind.Relative), endpoint);
        answer.EnsureSuccessStatusCode();
    }
}
