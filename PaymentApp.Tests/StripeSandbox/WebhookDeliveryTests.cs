using System.Text;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;
using StripeSandbox.Webhooks;

namespace PaymentApp.Tests.Sandbox;

public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private const string Secret = "whsec_of_my_choice";

    private SandboxUnderTest _sandbox = null!;
    private WebhookReceiver _shop = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxUnderTest.StartAsync();
        _shop = await WebhookReceiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public void The_signature_is_stripes()
    {
        var header = Signature.Of("whsec_test_secret", 1700000000, """{"id":"evt_test"}"""u8);
        Assert.StartsWith(
            "t=1700000000,v1=13941114bb88ac44a76abcfddea5b92aa6182a4b63d8be3aae908a616083bd7e,v0=", header, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_arrive_in_order_signed_with_the_registered_secret()
    {
        await RegisterAsync();
        var intent = (await _sandbox.PayAsync("pm_card_visa")).Ok();

        var created = await _shop.NextAsync();
        Assert.Equal("payment_intent.created", created.Type);
        Assert.Equal(intent.Id, created.Json.GetProperty("data").GetProperty("object").GetProperty("id").GetString());
        Assert.Equal("2026-10-28.endive", created.Json.GetProperty("api_version").GetString());
        Assert.Equal("application/json; charset=utf-8", created.ContentType);
        Assert.True(created.IsSignedWith(Secret, _sandbox.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.False(created.IsSignedWith("whsec_another", _sandbox.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.Equal(["charge.succeeded", "payment_intent.succeeded"], await _shop.NextTypesAsync(2));
    }

    [Fact]
    public async Task An_endpoint_gets_the_types_that_it_asked_for()
    {
        var endpoint = (await _sandbox.PostAsync("/v1/webhook_endpoints", ("url", _shop.Url), ("enabled_events[]", "payment_intent.succeeded"))).Ok();
        Assert.StartsWith("whsec_", endpoint.At("secret"), StringComparison.Ordinal);

        await _sandbox.PayAsync("pm_card_visa");

        var received = await _shop.NextAsync();
        Assert.Equal("payment_intent.succeeded", received.Type);
        Assert.True(received.IsSignedWith(endpoint.Text("secret"), _sandbox.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.Single(_sandbox.Server.Books.All<Delivery>());
    }

    [Fact]
    public async Task A_failed_delivery_is_tried_again_with_growing_pauses_and_counts_as_pending_until_then()
    {
        await RegisterAsync("payment_intent.canceled");
        _shop.Answer = 503;
        var intent = (await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"))).Ok();
        await _sandbox.PostAsync($"/v1/payment_intents/{intent.Id}/cancel");
        var first = await _shop.NextAsync();
        await UntilAsync(delivery => delivery.Attempts == 1);
        Assert.Equal("1", (await _sandbox.GetAsync($"/v1/events/{first.Id}")).At("pending_webhooks"));

        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await _shop.NextAsync()).Id);
        await UntilAsync(delivery => delivery.Attempts == 2);
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(503, OnlyDelivery.LastStatus);

        _shop.Answer = 200;
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await _shop.NextAsync()).Id);
        await UntilAsync(delivery => delivery.State == DeliveryState.Delivered);
        Assert.Equal("0", (await _sandbox.GetAsync($"/v1/events/{first.Id}")).At("pending_webhooks"));
    }

    [Fact]
    public async Task After_three_days_of_failures_a_delivery_is_given_up_and_can_be_sent_by_hand()
    {
        await RegisterAsync("payment_intent.created");
        _shop.Answer = 500;
        await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"));
        var attempts = 0;
        while (OnlyDelivery.State == DeliveryState.Pending)
        {
            await _shop.NextAsync();
            attempts++;
            await UntilAsync(delivery => delivery.Attempts == attempts);
            _sandbox.Clock.Advance(TimeSpan.FromHours(24));
        }

        Assert.Equal(DeliveryState.GivenUp, OnlyDelivery.State);
        _shop.Answer = 200;
        await _sandbox.PostAsAsync(null, $"/_sandbox/events/{OnlyDelivery.Event}/resend");
        Assert.Equal("payment_intent.created", (await _shop.NextAsync()).Type);
    }

    [Fact]
    public async Task Deliveries_can_be_held_and_let_go_in_another_order()
    {
        await RegisterAsync();
        await ControlAsync(("hold", "true"));
        await _sandbox.PayAsync("pm_card_visa");
        var held = await ControlAsync();
        Assert.Equal("3", held.At("held"));
        Assert.False(_shop.HasMore);

        await ControlAsync(("release", "reversed"));

        Assert.Equal(["payment_intent.succeeded", "charge.succeeded", "payment_intent.created"], await _shop.NextTypesAsync(3));
        await _sandbox.PayAsync("pm_card_visa");
        Assert.Equal("payment_intent.created", (await _shop.NextAsync()).Type);
    }

    [Fact]
    public async Task Deliveries_can_be_doubled()
    {
        await RegisterAsync("payment_intent.created");
        await ControlAsync(("copies", "3"));
        await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"));

        var ids = new[] { (await _shop.NextAsync()).Id, (await _shop.NextAsync()).Id, (await _shop.NextAsync()).Id };
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Endpoints_are_listed_changed_and_deleted()
    {
        var endpoint = (await _sandbox.PostAsync("/v1/webhook_endpoints",
            ("url", _shop.Url), ("enabled_events[]", "*"), ("description", "shop"))).Ok();
        Assert.False((await _sandbox.GetAsync($"/v1/webhook_endpoints/{endpoint.Id}")).Ok().Has("secret"));

        Assert.Equal("disabled", (await _sandbox.PostAsync($"/v1/webhook_endpoints/{endpoint.Id}", ("disabled", "true"))).Ok().State);
        await _sandbox.PayAsync("pm_card_visa");
        Assert.Empty(_sandbox.Server.Books.All<Delivery>());

        var deleted = (await _sandbox.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, $"/v1/webhook_endpoints/{endpoint.Id}"), SandboxUnderTest.SecretKey)).Ok();
        Assert.Equal("True", deleted.At("deleted"));
        Assert.Equal(404, (await _sandbox.GetAsync($"/v1/webhook_endpoints/{endpoint.Id}")).Status);
        Assert.Equal(0, (await _sandbox.GetAsync("/v1/webhook_endpoints")).Ok().Json.GetProperty("data").GetArrayLength());
        Assert.Equal(400, (await _sandbox.PostAsync("/v1/webhook_endpoints", ("url", "shop"), ("enabled_events[]", "*"))).Status);
    }

    [Fact]
    public async Task A_seventeenth_endpoint_is_refused_until_another_one_goes()
    {
        var first = (await RegisterAsync(1)).Ok();
        for (var number = 2; number <= 16; number++)
            (await RegisterAsync(number)).Ok();

        var refused = await RegisterAsync(17);
        (await _sandbox.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, $"/v1/webhook_endpoints/{first.Id}"), SandboxUnderTest.SecretKey)).Ok();

        Assert.Equal(400, refused.Status);
        Assert.Contains("maximum of 16", refused.Text("error.message"), StringComparison.Ordinal);
        (await RegisterAsync(17)).Ok();

        Task<SandboxAnswer> RegisterAsync(int number) => _sandbox.PostAsync("/v1/webhook_endpoints",
            ("url", $"{_shop.Url}?endpoint={number}"), ("enabled_events[]", "*"));
    }

    private Delivery OnlyDelivery => _sandbox.Server.Books.All<Delivery>().First();

    private async Task RegisterAsync(string type = "*") => (await _sandbox.PostAsAsync(null, "/_sandbox/webhook_endpoints",
        ("url", _shop.Url), ("secret", Secret), ("enabled_events[]", type))).Ok();

    private async Task<SandboxAnswer> ControlAsync(params (string, string)[] form) =>
        (await _sandbox.PostAsAsync(null, "/_sandbox/deliveries", form)).Ok();

    private Task UntilAsync(Func<Delivery, bool> condition) => Eventually.TrueAsync(() => condition(OnlyDelivery));
}
