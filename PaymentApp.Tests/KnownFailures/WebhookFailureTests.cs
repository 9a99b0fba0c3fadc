using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Tests.Faults;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Webhooks;

namespace PaymentApp.Tests.KnownFailures;

/// <summary>
/// Failures 8 (statamic-cargo 190), 11 (202-ecommerce/stripe_official 78) and 15 (stripe-dotnet 1880): webhooks that come
/// too early or too late, or that the receiver rewrites before it checks them.
/// </summary>
public sealed class WebhookFailureTests(ShopWithWebhooksFixture fixture) : IClassFixture<ShopWithWebhooksFixture>
{
    private FaultyShop Shop => fixture.Shop;

    [Fact]
    public async Task A_webhook_that_overtakes_the_answer_to_its_request_pays_the_order()
    {
        // The order is in the ledger before Stripe is asked, so there is none that a webhook could overtake.
        await Shop.HoldWebhooksAsync();
        var id = await Shop.OrderAsync();
        var order = (await Shop.AskAsync<IPaymentService, Payment?>(payments => payments.FindAsync(id)))!.Order;
        var gateway = Shop.Shop.Services.GetRequiredService<IPaymentGateway>();
        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(
            await gateway.CreateAsync(new NewIntent(order, PaymentMethodId.Parse("pm_card_visa"), AuthenticationMode.Handle), $"early-{id}"));
        await Shop.ReleaseWebhooksAsync();

        await Shop.SettleInboxAsync();

        await Shop.Shop.AssertPaidOnceAsync(id);
    }

    [Theory]
    [InlineData("created")]
    [InlineData("reversed")]
    [InlineData("shuffled")]
    public async Task A_late_failure_event_leaves_a_paid_order_paid(string arriving)
    {
        await Shop.HoldWebhooksAsync();
        var order = await Shop.OrderAsync();
        Assert.IsType<PaymentOutcome.Declined>(await Shop.PayAsync(order, "pm_card_chargeDeclined"));
        Assert.IsType<PaymentOutcome.Succeeded>(await Shop.PayAsync(order, "pm_card_visa"));

        await Shop.ReleaseWebhooksAsync(arriving);
        await Shop.SettleInboxAsync();

        await Shop.Shop.AssertPaidOnceAsync(order);
        var lastFailure = await Shop.AskAsync<IPaymentService, Payment?>(payments => payments.FindAsync(order));
        Assert.Null(lastFailure!.LastFailure);
    }

    [Fact]
    public async Task A_signature_is_over_the_bytes_as_they_were_sent()
    {
        // No serializer writes it like this: spaces, escapes, a number with an exponent, an unusual order, a last line break.
        var sent = """
            { "data":  { "object": {"object":"charge", "description":"caf\u00e9 \/ 1", "amount":4.9e3, "id":"ch_raw_1"} },
            "type": "charge.succeeded" , "livemode" :false,"id":"evt_raw_bytes","object":"event" }

            """;
        var rewritten = JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(sent), JsonSerializerOptions.Web);
        var signature = Signature.Of(FaultyShop.WebhookSecret, Shop.Now.ToUnixTimeSeconds(), Encoding.UTF8.GetBytes(sent));

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(rewritten, signature));
        Assert.False(await IsStoredAsync());
        Assert.Equal(HttpStatusCode.OK, await PostAsync(sent, signature));
        Assert.True(await IsStoredAsync());

        Task<bool> IsStoredAsync() => Shop.ReadAsync(ledger => ledger.Inbox.AnyAsync(row => row.EventId == "evt_raw_bytes"));
    }

    private async Task<HttpStatusCode> PostAsync(string body, string signature)
    {
        using var client = new HttpClient { BaseAddress = Shop.Shop.Address };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add(Signature.Header, signature);
        using var answer = await client.PostAsync(new Uri("/webhooks/stripe", UriKind.Relative), content);
        return answer.StatusCode;
    }
}
