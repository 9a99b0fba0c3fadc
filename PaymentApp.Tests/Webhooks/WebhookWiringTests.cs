using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Webhooks;

public sealed class WebhookWiringTests
{
    private const string Secret = "whsec_wired";

    [Fact]
    public async Task What_happens_at_Stripe_reaches_the_order_and_its_open_pages_without_anyone_asking()
    {
        await using var shop = await Shop.OpenAsync(settings: ("Stripe:WebhookSecret", Secret));
        using var stripe = new HttpClient { BaseAddress = shop.Sandbox.Address };
        using var endpoint = new FormUrlEncodedContent(
            [new("url", new Uri(shop.Address, "/webhooks/stripe").ToString()), new("secret", Secret)]);
        (await stripe.PostAsync(new Uri("/_sandbox/webhook_endpoints", UriKind.Relative), endpoint)).EnsureSuccessStatusCode();

        var order = (await shop.Services.GetRequiredService<IOrderBook>().PlaceAsync(new Catalogue().Products[0])).Id;
        await using var scope = shop.Services.CreateAsyncScope();
        var payments = scope.ServiceProvider.GetRequiredService<IPaymentService>();
        Assert.IsType<PaymentOutcome.ActionRequired>(await payments.PayAsync(order, "pm_card_authenticationRequired"));

        var intent = Assert.Single((await shop.BooksOfAsync(order)).Intents).Id;
        await shop.AuthenticateAsync(intent);
        var told = new TaskCompletionSource();
        using var page = shop.Services.GetRequiredService<OrderChanges>().Subscribe(order, version: null, _ => told.TrySetResult());
        using var confirm = new HttpRequestMessage(HttpMethod.Post, $"/v1/payment_intents/{intent}/confirm");
        confirm.Headers.Authorization = new("Bearer", SandboxUnderTest.SecretKey);
        (await stripe.SendAsync(confirm)).EnsureSuccessStatusCode();

        await Eventually.TrueAsync(async () => (await payments.FindAsync(order))!.State is PaymentState.Paid);
        await shop.AssertPaidOnceAsync(order);
        await told.Task;
    }
}
