using System.Net;
using AngleSharp.Dom;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Sandbox.Dashboard;

public sealed class PaymentDetailTests : IAsyncLifetime
{
    private DashboardUnderTest _dashboard = null!;

    private SandboxUnderTest Sandbox => _dashboard.Sandbox;

    public async Task InitializeAsync() => _dashboard = await DashboardUnderTest.StartAsync();

    public async Task DisposeAsync() => await _dashboard.DisposeAsync();

    [Fact]
    public async Task Its_objects_can_be_unfolded()
    {
        var paid = (await Sandbox.PayAsync("pm_card_visa", ("metadata[order_id]", "42"))).Ok();
        var refund = (await Sandbox.PostAsync("/v1/refunds", ("payment_intent", paid.Id), ("amount", "500"))).Ok();

        var page = await _dashboard.OpenPaymentAsync(paid.Id);

        var expected = new[] { paid.Id, paid.Text("latest_charge"), refund.Id, paid.Text("payment_method") };
        Assert.Equal(expected, page.Document.QuerySelectorAll("details[id^=object-]").Select(details => details.Id!["object-".Length..]));
        Assert.All(expected, id => Assert.Contains(
            $"\"id\": \"{id}\"", page.Document.QuerySelector($"#object-{id} pre")!.TextContent, StringComparison.Ordinal));
        Assert.Contains("order_id42", page.Document.QuerySelector(".facts")!.TextContent.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_events_are_told_with_their_deliveries_and_nobody_elses()
    {
        await using var shop = await WebhookReceiver.StartAsync();
        await Sandbox.PostAsAsync(null, "/_sandbox/webhook_endpoints", ("url", shop.Url), ("secret", "whsec_1234567890"));
        await Sandbox.PayAsync("pm_card_visa");
        await shop.NextTypesAsync(3);
        shop.Answer = 503;
        var intent = (await Sandbox.PayAsync("pm_card_chargeDeclined")).Text("error.payment_intent.id");
        await Sandbox.PayAsync("pm_card_visa");
        await shop.NextTypesAsync(6);

        await Eventually.TrueAsync(async () => (await _dashboard.OpenPaymentAsync(intent)).Document.QuerySelectorAll(".deliveries li")
            .Count(delivery => delivery.TextContent.Contains("503", StringComparison.Ordinal)) == 3);

        var page = await _dashboard.OpenPaymentAsync(intent);
        Assert.Equal(
            ["payment_intent.payment_failed", "charge.failed", "payment_intent.created"],
            page.Document.QuerySelectorAll(".events .kind").Select(kind => kind.TextContent));
        var delivery = page.Document.QuerySelector(".deliveries li")!.TextContent.Squeezed();
        Assert.Contains(shop.Url, delivery, StringComparison.Ordinal);
        Assert.Contains("1 try, next at", delivery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_requests_are_listed_and_nobody_elses()
    {
        var intent = (await Sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        await Sandbox.PayAsync("pm_card_visa");
        await Sandbox.AnswerChallengeAsync(intent.Id, "succeed");
        var confirmed = (await Sandbox.ConfirmAsync(intent.Id)).Ok();
        var read = (await Sandbox.GetAsync($"/v1/charges/{confirmed.Text("latest_charge")}")).Ok();
        var listed = (await Sandbox.GetAsync($"/v1/refunds?payment_intent={intent.Id}")).Ok();
        var refunded = (await Sandbox.PostAsync("/v1/refunds", ("charge", confirmed.Text("latest_charge")))).Ok();
        await Sandbox.GetAsync("/v1/payment_intents");

        var page = await _dashboard.OpenPaymentAsync(intent.Id);

        Assert.Equal(new[] { refunded, listed, read, confirmed, intent }.Select(answer => answer.Header("Request-Id")), page.Rows());
        Assert.All(
            page.Document.QuerySelectorAll(".events a"), link => Assert.StartsWith("/test/logs/req_", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_authentication_that_was_not_handled_is_explained()
    {
        var page = await _dashboard.OpenPaymentAsync(await _dashboard.FailToHandleAuthenticationAsync());

        var callout = page.Document.QuerySelector(".callout")!.TextContent.Squeezed();
        Assert.Contains("authentication_required / authentication_not_handled", callout, StringComparison.Ordinal);
        Assert.Contains("requires_action_not_handled", callout, StringComparison.Ordinal);
        Assert.Contains("stripe.handleCardAction", callout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_secrets_and_webhook_secrets_are_not_shown()
    {
        var intent = (await Sandbox.PayAsync("pm_card_authenticationRequired", ("return_url", "http://127.0.0.1/back"))).Ok();
        Assert.Contains("client_secret", intent.Body, StringComparison.Ordinal);

        var page = (await _dashboard.OpenPaymentAsync(intent.Id)).Document.DocumentElement.OuterHtml;

        Assert.Contains("client_secret", page, StringComparison.Ordinal);
        Assert.DoesNotContain(intent.Text("client_secret"), page, StringComparison.Ordinal);
        Assert.DoesNotContain(intent.Text("client_secret").Split("_secret_")[1], page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/test/payments/pi_nobody")]
    [InlineData("/test/logs/req_nobody")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        var page = await _dashboard.OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("Not found", page.Heading);
    }
}
