using Stripe;
using StripeSandbox;
using StripeSandbox.Faults;

namespace PaymentApp.Tests.Sandbox.CoffeeShop;

// README
public sealed class CoffeeShopTests : IAsyncLifetime
{
    private SandboxServer _stripe = null!;
    private CoffeeShop _shop = null!;

    public async Task InitializeAsync()
    {
        _stripe = await SandboxServer.StartAsync();
        _shop = new CoffeeShop(new StripeClient(new StripeClientOptions { ApiKey = _stripe.SecretKey, ApiBase = _stripe.ApiBase }));
    }

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Fact]
    public async Task A_shopper_who_passes_the_banks_challenge_gets_the_coffee()
    {
        var order = await _shop.PayAsync("pm_card_authenticationRequired");
        Assert.Equal("requires_action", order.Status);

        await _stripe.CompleteChallengeAsync(order.Id);

        Assert.Equal("succeeded", (await _shop.ConfirmAsync(order)).Status);
    }

    [Fact]
    public async Task A_shopper_who_walks_away_can_pay_with_another_card_an_hour_later()
    {
        var order = await _shop.PayAsync("pm_card_authenticationRequired");

        _stripe.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("requires_payment_method", (await _shop.ReadAsync(order)).Status);
    }

    [Fact]
    public async Task An_answer_that_gets_lost_charges_nobody_twice()
    {
        await _stripe.FailNextAsync(FaultKind.ResetAfter, "POST /v1/payment_intents");

        await _shop.PayAsync("pm_card_visa");

        Assert.Single(await _shop.ChargesAsync());
    }
}

public sealed class CoffeeShop(StripeClient stripe)
{
    public Task<PaymentIntent> PayAsync(string paymentMethod) => stripe.V1.PaymentIntents.CreateAsync(new()
    {
        Amount = 350,
        Currency = "usd",
        PaymentMethod = paymentMethod,
        AllowedPaymentMethodTypes = ["card"],
        Confirm = true,
        ConfirmationMethod = "manual",
        UseStripeSdk = true,
    });

    public Task<PaymentIntent> ConfirmAsync(PaymentIntent order) => stripe.V1.PaymentIntents.ConfirmAsync(order.Id);

    public Task<PaymentIntent> ReadAsync(PaymentIntent order) => stripe.V1.PaymentIntents.GetAsync(order.Id);

    public async Task<IReadOnlyList<Charge>> ChargesAsync() => (await stripe.V1.Charges.ListAsync()).Data;
}
// README
