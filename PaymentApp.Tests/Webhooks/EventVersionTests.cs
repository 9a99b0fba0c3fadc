using System.Net;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Webhooks;

/// <summary>
/// Stripe renders an event in its endpoint's API version, which is seldom the client's. An event only says which object
/// changed, so either is taken: https://docs.stripe.com/webhooks/versioning.
/// </summary>
public sealed class EventVersionTests(ManualShopFixture fixture) : IClassFixture<ManualShopFixture>
{
    private ManualShop Shop => fixture.Shop;

    [Theory]
    [InlineData("2026-10-28.endive")]
    [InlineData("2026-08-26.dahlia")]
    public async Task An_event_of_the_clients_version_or_another_tells_that_the_order_is_paid(string version)
    {
        await using var endpoint = await WebhookReceiver.StartAsync();
        await Shop.StripeAsync(
            "/v1/webhook_endpoints", ("url", endpoint.Url), ("enabled_events[]", "payment_intent.succeeded"), ("api_version", version));
        var order = await Shop.OrderTriedWithAsync(ManualShop.BankCard);
        var intent = (await Shop.IntentOfAsync(order)).Id;
        await Shop.EndChallengeAsync(intent, passes: true);
        // Somebody else confirms: the shop itself has not heard of the payment yet.
        await Shop.StripeAsync($"/v1/payment_intents/{intent}/confirm", ("use_stripe_sdk", "true"));
        Assert.NotEqual(PaymentState.Paid, (await Shop.FindAsync(order)).State);
        var sent = await endpoint.NextAsync();
        Assert.Equal(version, sent.Json.GetProperty("api_version").GetString());

        Assert.Equal(HttpStatusCode.OK, await Shop.DeliverAsync(sent.Body));
        await Shop.DrainAsync();

        Assert.Equal(WorkStatus.Done, (await Shop.EventAsync(sent.Id)).Status);
        await Shop.Shop.AssertPaidOnceAsync(order);
    }
}
