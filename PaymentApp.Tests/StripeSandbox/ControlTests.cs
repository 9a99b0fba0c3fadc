using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

public sealed class ControlTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task The_clock_can_be_put_ahead_and_what_was_due_happens_at_its_own_time()
    {
        var intent = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var start = _sandbox.Clock.GetUtcNow().ToUnixTimeSeconds();

        var clock = await ControlAsync("clock", ("advance", "7200"));

        Assert.Equal(start + 7200, long.Parse(clock.Text("now"), System.Globalization.CultureInfo.InvariantCulture));
        var expired = (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).Ok();
        Assert.Equal("payment_intent_payment_attempt_expired", expired.At("last_payment_error.code"));
        var told = (await _sandbox.GetAsync("/v1/events?type=payment_intent.payment_failed")).Ok().Json.GetProperty("data")[0];
        Assert.Equal(start + 3600, told.GetProperty("created").GetInt64());
    }

    [Fact]
    public async Task A_frozen_clock_stands_still_until_it_is_let_go()
    {
        await ControlAsync("clock", ("freeze", "true"));
        var before = (await _sandbox.GetAsync("/_sandbox/clock", key: null)).Text("now");
        _sandbox.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(before, (await _sandbox.GetAsync("/_sandbox/clock", key: null)).Text("now"));

        var released = await ControlAsync("clock", ("freeze", "false"));
        Assert.Equal(before, released.Text("now"));
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(9, (await _sandbox.GetAsync("/_sandbox/clock", key: null)).Json.GetProperty("now").GetInt64() - released.Json.GetProperty("now").GetInt64());
    }

    [Fact]
    public async Task The_clock_does_not_go_back() =>
        Assert.Equal(400, (await _sandbox.PostAsAsync(null, "/_sandbox/clock", ("advance", "-1"))).Status);

    [Fact]
    public async Task The_books_balance()
    {
        var paid = (await _sandbox.PayAsync("pm_card_visa")).Ok();
        await _sandbox.PostAsync("/v1/refunds", ("payment_intent", paid.Id), ("amount", "999"));
        var later = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        await _sandbox.PostAsync($"/v1/payment_intents/{later.Id}/capture", ("amount_to_capture", "1500"));
        await _sandbox.PayAsync("pm_card_chargeDeclined");
        var released = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        await _sandbox.PostAsync($"/v1/payment_intents/{released.Id}/cancel");

        var books = (await _sandbox.GetAsync("/_sandbox/books", key: null)).Ok();

        Assert.Equal("2", books.At("payment_intents.succeeded"));
        Assert.Equal("1", books.At("payment_intents.requires_payment_method"));
        Assert.Equal("1", books.At("payment_intents.canceled"));
        Assert.Equal("3", books.At("charges.succeeded"));
        Assert.Equal("1", books.At("charges.failed"));
        Assert.Equal("3499", books.At("sums.usd.captured"));
        Assert.Equal("999", books.At("sums.usd.refunded"));
        Assert.Equal("2500", books.At("sums.usd.net"));
    }

    [Fact]
    public async Task A_reset_forgets_everything()
    {
        await _sandbox.PostOnceAsync("order-1", "/v1/payment_intents", SandboxUnderTest.Guide("pm_card_visa"));
        await ControlAsync("faults", ("kind", "error_before"));
        await ControlAsync("clock", ("advance", "60"));

        await ControlAsync("reset");

        Assert.Empty(_sandbox.Server.Books.Everything());
        var again = (await _sandbox.PostOnceAsync("order-1", "/v1/payment_intents", SandboxUnderTest.Guide("pm_card_visa"))).Ok();
        Assert.Null(again.Header("Idempotent-Replayed"));
        Assert.Equal(_sandbox.Clock.GetUtcNow().ToUnixTimeSeconds(), again.Json.GetProperty("created").GetInt64());
        Assert.Single(_sandbox.Server.Books.All<PaymentIntent>());
        Assert.Equal(404, (await _sandbox.GetAsync("/_sandbox/nowhere", key: null)).Status);
    }

    [Fact]
    public async Task An_endpoint_is_registered_for_an_API_version_and_told_in_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var endpoint = await ControlAsync(
            "webhook_endpoints", ("url", receiver.Url), ("secret", "whsec_1"), ("api_version", "2026-10-28.endive"));

        await _sandbox.PayAsync("pm_card_visa");

        Assert.Equal("2026-10-28.endive", endpoint.Text("api_version"));
        var told = await receiver.NextAsync();
        Assert.Equal("2026-10-28.endive", told.Json.GetProperty("api_version").GetString());
        Assert.Equal(400, (await _sandbox.PostAsAsync(
            null, "/_sandbox/webhook_endpoints", ("url", "http://127.0.0.1:1"), ("secret", "whsec_1"), ("api_version", "latest"))).Status);
    }

    [Fact]
    public async Task The_hosts_endpoint_is_one_however_often_it_is_registered_and_stays_after_a_reset()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await ControlAsync("webhook_endpoints", ("url", receiver.Url), ("secret", "whsec_of_an_earlier_start"));
        await ControlAsync("webhook_endpoints", ("url", "https://shop.example/hook"), ("secret", "whsec_other"));
        var secret = _sandbox.Server.WebhookSecret;
        _sandbox.Server.SendWebhooksTo(new Uri("http://127.0.0.1:1/before"));
        _sandbox.Server.SendWebhooksTo(new Uri(receiver.Url), "2026-10-28.endive");
        Assert.Equal(secret, _sandbox.Server.WebhookSecret);

        var urls = (await _sandbox.GetAsync("/v1/webhook_endpoints")).Ok().Json.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("url").GetString());
        Assert.Equal([receiver.Url, "https://shop.example/hook"], urls);
        await ControlAsync("reset");
        Assert.Equal(receiver.Url, Assert.Single(_sandbox.Server.Books.All<WebhookEndpoint>()).Url);
        await _sandbox.PayAsync("pm_card_visa");

        Assert.True((await receiver.NextAsync()).IsSignedWith(secret, _sandbox.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.Throws<ArgumentException>(() => _sandbox.Server.SendWebhooksTo(new Uri(receiver.Url), "latest"));
    }

    private async Task<SandboxAnswer> ControlAsync(string path, params (string, string)[] form) =>
        (await _sandbox.PostAsAsync(null, $"/_sandbox/{path}", form)).Ok();
}
