using System.Text;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;
using StripeSandbox.Webhooks;

namespace PaymentApp.Tests.Sandbox;

public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private const string Secret = "whsec_of_my_choice";

    private SandboxUnderTest sandbox = null!;
    private WebhookReceiver shop = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxUnderTest.StartAsync();
        shop = await WebhookReceiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await sandbox.DisposeAsync();
        await shop.DisposeAsync();
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
        var intent = (await sandbox.PayAsync("pm_card_visa")).Ok();

        var created = await shop.NextAsync();
        Assert.Equal("payment_intent.created", created.Type);
        Assert.Equal(intent.Id, created.Json.GetProperty("data").GetProperty("object").GetProperty("id").GetString());
        Assert.Equal("2026-10-28.endive", created.Json.GetProperty("api_version").GetString());
        Assert.Equal("application/json; charset=utf-8", created.ContentType);
        Assert.True(created.IsSignedWith(Secret, sandbox.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.False(created.IsSignedWith("whsec_another", sandbox.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.Equal(["charge.succeeded", "payment_intent.succeeded"], await shop.NextTypesAsync(2));
    }

    [Fact]
    public async Task An_endpoint_gets_the_types_that_it_asked_for()
    {
        var endpoint = (await sandbox.PostAsync("/v1/webhook_endpoints", ("url", shop.Url), ("enabled_events[]", "payment_intent.succeeded"))).Ok();
        Assert.StartsWith("whsec_", endpoint.At("secret"), StringComparison.Ordinal);

        await sandbox.PayAsync("pm_card_visa");

        var received = await shop.NextAsync();
        Assert.Equal("payment_intent.succeeded", received.Type);
        Assert.True(received.IsSignedWith(endpoint.Text("secret"), sandbox.Clock.GetUtcNow().ToUnixTimeSeconds()));
        Assert.Single(sandbox.Server.Books.All<Delivery>());
    }

    [Fact]
    public async Task A_failed_delivery_is_tried_again_with_growing_pauses_and_counts_as_pending_until_then()
    {
        await RegisterAsync("payment_intent.canceled");
        shop.Answer = 503;
        var intent = (await sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"))).Ok();
        await sandbox.PostAsync($"/v1/payment_intents/{intent.Id}/cancel");
        var first = await shop.NextAsync();
        await UntilAsync(delivery => delivery.Attempts == 1);
        Assert.Equal("1", (await sandbox.GetAsync($"/v1/events/{first.Id}")).At("pending_webhooks"));

        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await shop.NextAsync()).Id);
        await UntilAsync(delivery => delivery.Attempts == 2);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(503, OnlyDelivery.LastStatus);

        shop.Answer = 200;
        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await shop.NextAsync()).Id);
        await UntilAsync(delivery => delivery.State == DeliveryState.Delivered);
        Assert.Equal("0", (await sandbox.GetAsync($"/v1/events/{first.Id}")).At("pending_webhooks"));
    }

    [Fact]
    public async Task After_three_days_of_failures_a_delivery_is_given_up_and_can_be_sent_by_hand()
    {
        await RegisterAsync("payment_intent.created");
        shop.Answer = 500;
        await sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"));
        var attempts = 0;
        while (OnlyDelivery.State == DeliveryState.Pending)
        {
            await shop.NextAsync();
            attempts++;
            await UntilAsync(delivery => delivery.Attempts == attempts);
            sandbox.Clock.Advance(TimeSpan.FromHours(24));
        }

        Assert.Equal(DeliveryState.GivenUp, OnlyDelivery.State);
        shop.Answer = 200;
        await sandbox.PostAsAsync(null, $"/_sandbox/events/{OnlyDelivery.Event}/resend");
        Assert.Equal("payment_intent.created", (await shop.NextAsync()).Type);
    }

    [Fact]
    public async Task Deliveries_can_be_held_and_let_go_in_another_order()
    {
        await RegisterAsync();
        await ControlAsync(("hold", "true"));
        await sandbox.PayAsync("pm_card_visa");
        var held = await ControlAsync();
        Assert.Equal("3", held.At("held"));
        Assert.False(shop.HasMore);

        await ControlAsync(("release", "reversed"));

        Assert.Equal(["payment_intent.succeeded", "charge.succeeded", "payment_intent.created"], await shop.NextTypesAsync(3));
        await sandbox.PayAsync("pm_card_visa");
        Assert.Equal("payment_intent.created", (await shop.NextAsync()).Type);
    }

    [Fact]
    public async Task Deliveries_can_be_doubled()
    {
        await RegisterAsync("payment_intent.created");
        await ControlAsync(("copies", "3"));
        await sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"));

        var ids = new[] { (await shop.NextAsync()).Id, (await shop.NextAsync()).Id, (await shop.NextAsync()).Id };
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Endpoints_are_listed_changed_and_deleted()
    {
        var endpoint = (await sandbox.PostAsync("/v1/webhook_endpoints",
            ("url", shop.Url), ("enabled_events[]", "*"), ("description", "shop"))).Ok();
        Assert.False((await sandbox.GetAsync($"/v1/webhook_endpoints/{endpoint.Id}")).Ok().Has("secret"));

        Assert.Equal("disabled", (await sandbox.PostAsync($"/v1/webhook_endpoints/{endpoint.Id}", ("disabled", "true"))).Ok().State);
        await sandbox.PayAsync("pm_card_visa");
        Assert.Empty(sandbox.Server.Books.All<Delivery>());

        var deleted = (await sandbox.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, $"/v1/webhook_endpoints/{endpoint.Id}"), SandboxUnderTest.SecretKey)).Ok();
        Assert.Equal("True", deleted.At("deleted"));
        Assert.Equal(404, (await sandbox.GetAsync($"/v1/webhook_endpoints/{endpoint.Id}")).Status);
        Assert.Equal(0, (await sandbox.GetAsync("/v1/webhook_endpoints")).Ok().Json.GetProperty("data").GetArrayLength());
        Assert.Equal(400, (await sandbox.PostAsync("/v1/webhook_endpoints", ("url", "shop"), ("enabled_events[]", "*"))).Status);
    }

    [Fact]
    public async Task A_seventeenth_endpoint_is_refused_until_another_one_goes()
    {
        var first = (await RegisterAsync(1)).Ok();
        for (var number = 2; number <= 16; number++)
            (await RegisterAsync(number)).Ok();

        var refused = await RegisterAsync(17);
        (await sandbox.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, $"/v1/webhook_endpoints/{first.Id}"), SandboxUnderTest.SecretKey)).Ok();

        Assert.Equal(400, refused.Status);
        Assert.Contains("maximum of 16", refused.Text("error.message"), StringComparison.Ordinal);
        (await RegisterAsync(17)).Ok();

        Task<SandboxAnswer> RegisterAsync(int number) => sandbox.PostAsync("/v1/webhook_endpoints",
            ("url", $"{shop.Url}?endpoint={number}"), ("enabled_events[]", "*"));
    }

    private Delivery OnlyDelivery => sandbox.Server.Books.All<Delivery>().First();

    private async Task RegisterAsync(string type = "*") => (await sandbox.PostAsAsync(null, "/_sandbox/webhook_endpoints",
        ("url", shop.Url), ("secret", Secret), ("enabled_events[]", type))).Ok();

    private async Task<SandboxAnswer> ControlAsync(params (string, string)[] form) =>
        (await sandbox.PostAsAsync(null, "/_sandbox/deliveries", form)).Ok();

    private Task UntilAsync(Func<Delivery, bool> condition) => Eventually.TrueAsync(() => condition(OnlyDelivery));
}
