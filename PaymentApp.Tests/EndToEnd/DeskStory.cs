using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>A shop that a few weeks went over, so that every page of its desk has something to show.</summary>
public sealed class DeskStory : IAsyncLifetime
{
    private static readonly string[] Cards =
    [
        ManualShop.GoodCard, ManualShop.PoorCard, "4000000000000002", ManualShop.GoodCard, "4000000000000069", ManualShop.PoorCard,
        ManualShop.GoodCard, "4000000000000127", "4000000000000119", ManualShop.GoodCard,
    ];

    internal ManualShop Shop { get; private set; } = null!;

    /// <summary>The number of an order that was paid after a failed and a passed challenge.</summary>
    internal string Recovered { get; private set; } = "";

    /// <summary>The address that the disputed order was paid with: long, as some are.</summary>
    internal const string Email = "a.rather.long.address.of.somebody.with.many.names@departments.example";

    /// <summary>The number of an order whose charge is disputed.</summary>
    internal string Disputed { get; private set; } = "";

    /// <summary>The number of an order whose card's issuer warns of fraud.</summary>
    internal string Warned { get; private set; } = "";

    /// <summary>The number of an order whose amount the bank holds.</summary>
    internal string Held { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Shop = await ManualShop.OpenAsync(settings: ("Payments:Capture", "Automatic"));
        var products = new[] { "pour-over-kettle", "field-notebook", "tenugui", "desk-lamp" };
        for (var sale = 0; sale < 24; sale++)
        {
            var order = await Shop.OrderAsync(products[sale % products.Length]);
            await Shop.PayAsync(order, Cards[sale % Cards.Length]);
            Shop.Clock.Advance(TimeSpan.FromHours(9));
        }

        for (var asked = 0; asked < 5; asked++)
        {
            var order = await Shop.OrderTriedWithAsync(ManualShop.BankCard);
            Shop.Clock.Advance(TimeSpan.FromSeconds(20 + (asked * 30)));
            await Shop.EndChallengeAsync((await Shop.IntentOfAsync(order)).Id, passes: asked > 0);
            await Shop.ConfirmAsync(order);
            if (asked == 0)
            {
                await Shop.PayAsync(order, ManualShop.BankCard);
                Shop.Clock.Advance(TimeSpan.FromSeconds(15));
                await Shop.EndChallengeAsync((await Shop.IntentOfAsync(order)).Id, passes: true);
                await Shop.ConfirmAsync(order);
                await Shop.OperateAsync(operations => operations.RefundAsync(order, Money.OfMajor(9, Currency.Usd), RefundReason.RequestedByCustomer, PaymentActor.Operator));
                Recovered = (await Shop.FindAsync(order)).Order.Number;
            }
        }

        for (var basic = 0; basic < 3; basic++)
            await PayBasicAsync(await Shop.OrderAsync("desk-lamp"));

        await HoldAsync();
        await Shop.CatchUpAsync();
        Disputed = await TroubledAsync(ManualShop.DisputedCard, Email);
        Warned = await TroubledAsync(ManualShop.FraudWarningCard, email: null);
        await Shop.Services.GetRequiredService<IEventSources>().FailedAsync(EventSource.CatchUp, "api_key_expired");
        await Shop.Services.GetRequiredService<IEventSources>().FailedAsync(EventSource.Webhook, "not signed by Stripe");
        var inbox = Shop.Services.GetRequiredService<IWebhookInbox>();
        await inbox.StoreAsync(new WebhookEvent("evt_parked", "charge.refunded", IsLive: false, "ch_1", PaymentIntentId.Parse("pi_unknown")));
        var queue = Shop.Services.GetRequiredService<IWorkQueue>();
        foreach (var item in await queue.ClaimAsync(1_000))
        {
            if (item.Subject is "evt_parked")
                await queue.CompleteAsync(item, new WorkResult.Park("Stripe does not show the PaymentIntent: resource_missing"));
            else
                await queue.ReleaseAsync(item);
        }
    }

    public async Task DisposeAsync() => await Shop.DisposeAsync();

    private async Task PayBasicAsync(OrderId order)
    {
        var method = await Shop.CardAsync(ManualShop.BankCard);
        await using var scope = Shop.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IPaymentService>().PayAsync(order, method, AuthenticationMode.Decline);
    }

    private async Task<string> TroubledAsync(string card, string? email)
    {
        var order = await Shop.OrderAsync();
        await Shop.PayAsync(order, card, email: email);
        await Shop.CatchUpAsync();
        return (await Shop.FindAsync(order)).Order.Number;
    }

    /// <summary>The ledger hears of a hold that is in its last days.</summary>
    private async Task HoldAsync()
    {
        var order = await Shop.OrderAsync();
        var payment = await Shop.FindAsync(order);
        await Shop.LedgerRecordsAsync(order, new IntentSnapshot(
            PaymentIntentId.Parse("pi_held"), PaymentState.Authorized, payment.Order.Amount, order, null, null, new CardSummary("visa", "4242")));
        Held = payment.Order.Number;
        Shop.Clock.Advance(TimeSpan.FromDays(5.5));
    }
}
