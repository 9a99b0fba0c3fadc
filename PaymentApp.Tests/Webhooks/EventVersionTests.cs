using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Webhooks;

/// <summary>
/// Stripe renders an event in its endpoint's API version, which is seldom the client's. An event only says which object
/// changed, so either is taken: https://docs.stripe.com/webhooks/versioning.
/// </summary>
public sealed class EventVersionTests(StillShopFixture fixture) : IClassFixture<StillShopFixture>
{
    private readonly StillShop shop = fixture.Shop;

    [Theory]
    [InlineData("2026-10-28.endive")]
    [InlineData("2026-08-26.dahlia")]
    public async Task An_event_of_the_clients_version_or_another_tells_that_the_order_is_paid(string version)
    {
        var order = await shop.OrderTriedWithAsync(StillShop.BankCard);
        var intent = (await shop.IntentOfAsync(order)).Id;
        await shop.EndChallengeAsync(intent, passes: true);
        // Somebody else confirms: the shop itself has not heard of the payment yet.
        await shop.StripeAsync($"/v1/payment_intents/{intent}/confirm", ("use_stripe_sdk", "true"));
        var sent = await EventAsync(intent, "payment_intent.succeeded", version);
        Assert.Equal(version, sent.GetProperty("api_version").GetString());
        Assert.NotEqual(PaymentState.Paid, (await shop.FindAsync(order)).State);

        Assert.Equal(HttpStatusCode.OK, await shop.DeliverAsync(sent.GetRawText()));
        await shop.DrainAsync();

        Assert.Equal(InboxStatus.Done, (await shop.InboxAsync(sent.GetProperty("id").GetString()!))!.Status);
        await shop.Shop.AssertPaidOnceAsync(order);
    }

    private async Task<JsonElement> EventAsync(string intent, string type, string version)
    {
        using var http = new HttpClient { BaseAddress = shop.Shop.Sandbox.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events?limit=100&type={type}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxUnderTest.SecretKey);
        request.Headers.Add("Stripe-Version", version);
        using var answer = await http.SendAsync(request);
        var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return page.GetProperty("data").EnumerateArray()
            .First(sent => sent.GetProperty("data").GetProperty("object").GetProperty("id").GetString() == intent);
    }
}
