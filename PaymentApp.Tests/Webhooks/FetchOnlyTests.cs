using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;
using PaymentApp.Webhooks;

namespace PaymentApp.Tests.Webhooks;

/// <summary>A shop that Stripe cannot reach: no endpoint, no secret, and the books are right all the same.</summary>
public sealed class FetchOnlyTests
{
    [Fact]
    public async Task What_happens_at_Stripe_reaches_the_order_although_nobody_tells()
    {
        var clock = TestClock.Create();
        await using var shop = await Shop.OpenAsync(clock, configure: null, ("Webhooks:Mode", "FetchOnly"));
        using var browser = new HttpClient { BaseAddress = shop.Address };
        using var nothing = new StringContent("{}");
        using var refused = await browser.PostAsync(new Uri(WebhookEndpoint.Path, UriKind.Relative), nothing);
        Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });

        var order = (await shop.Services.GetRequiredService<IOrderBook>().PlaceAsync(new Catalogue().Products[0])).Id;
        await using var scope = shop.Services.CreateAsyncScope();
        var payments = scope.ServiceProvider.GetRequiredService<IPaymentService>();
        Assert.IsType<PaymentOutcome.Succeeded>(await payments.PayAsync(order, "pm_card_visa"));
        using var stripe = new HttpClient { BaseAddress = shop.Sandbox.Address };
        using var refund = new HttpRequestMessage(HttpMethod.Post, "/v1/refunds")
        {
            Content = new FormUrlEncodedContent([new("payment_intent", Assert.Single((await shop.BooksOfAsync(order)).Intents).Id), new("amount", "700")]),
        };
        refund.Headers.Authorization = new("Bearer", SandboxUnderTest.SecretKey);
        (await stripe.SendAsync(refund)).EnsureSuccessStatusCode();

        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            return (await payments.FindAsync(order))!.Refunded.MinorUnits == 700;
        });
    }
}
