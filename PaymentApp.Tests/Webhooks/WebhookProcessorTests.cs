using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Webhooks;
using PaymentIntent = StripeSandbox.Objects.PaymentIntent;

namespace PaymentApp.Tests.Webhooks;

public sealed class WebhookProcessorTests(StillShopFixture fixture) : IClassFixture<StillShopFixture>
{
    private readonly StillShop shop = fixture.Shop;
    private readonly string id = EventBody.NewId();

    private IWebhookInbox Inbox => shop.Services.GetRequiredService<IWebhookInbox>();

    [Fact]
    public async Task A_payment_that_was_finished_elsewhere_is_paid_and_fulfilled_by_its_event()
    {
        var order = await shop.OrderTriedWithAsync(StillShop.BankCard);
        await FinishAtStripeAsync(order);

        foreach (var sent in await shop.EventsOfAsync(order))
            await shop.DeliverAsync(sent.Body);
        await shop.DrainAsync();

        await shop.Shop.AssertPaidOnceAsync(order);
        Assert.Contains(await shop.TimelineAsync(order), line => line is { Event: TimelineEvent.Fulfilled, Actor: PaymentActor.Webhook });
    }

    [Fact]
    public async Task Late_news_of_a_failure_leaves_a_paid_order_paid()
    {
        var order = await shop.OrderTriedWithAsync(StillShop.PoorCard);
        await shop.PayAsync(order, StillShop.GoodCard);

        foreach (var sent in (await shop.EventsOfAsync(order)).Reverse())
        {
            await shop.DeliverAsync(sent.Body);
            await shop.DrainAsync();
        }

        await shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task An_event_whose_order_is_not_stored_yet_waits_longer_each_time_is_parked_and_done_on_replay()
    {
        var unstored = OrderId.New();
        await PayAtStripeAsync(unstored);
        await shop.DeliverAsync((await PaidEventAsync(unstored)).Body);

        var waits = new List<double>();
        while ((await RowOfAsync(unstored)) is { Status: InboxStatus.Waiting } row)
        {
            shop.Clock.Advance(row.NextTryAt - shop.Now);
            await shop.DrainAsync();
            waits.Add(((await RowOfAsync(unstored)).NextTryAt - shop.Now).TotalSeconds);
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1800, 1800], waits);
        var parked = await RowOfAsync(unstored);
        Assert.Contains(await Inbox.ParkedAsync(), row => row.EventId == parked.EventId && row.Error!.Contains("not in the ledger", StringComparison.Ordinal));
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.DrainAsync();
        Assert.Equal(12, (await RowOfAsync(unstored)).Tries);

        await StoreAsync(unstored);
        Assert.True(await Inbox.ReplayAsync(parked.EventId));
        await shop.DrainAsync();

        Assert.Equal(InboxStatus.Done, (await RowOfAsync(unstored)).Status);
        Assert.False(await Inbox.ReplayAsync(parked.EventId));
        await shop.Shop.AssertPaidOnceAsync(unstored);
    }

    [Fact]
    public async Task An_event_about_a_payment_that_Stripe_does_not_know_is_parked_at_once_with_the_reason()
    {
        await shop.DeliverAsync(EventBody.Of(id));
        await shop.DrainAsync();

        var row = await shop.InboxAsync(id);
        Assert.Equal((InboxStatus.Parked, 1), (row!.Status, row.Tries));
        Assert.Contains("resource_missing", row.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intent_that_differs_from_its_order_is_parked_and_pays_nothing()
    {
        var order = await shop.OrderAsync();
        await PayAtStripeAsync(order, amount: 100);
        await shop.DeliverAsync((await PaidEventAsync(order)).Body);
        await shop.DrainAsync();

        Assert.Equal(InboxStatus.Parked, (await RowOfAsync(order)).Status);
        Assert.Equal(PaymentState.AwaitingPayment, (await shop.FindAsync(order)).State);
        Assert.Contains(shop.Logs.Entries, entry => entry.Text.Contains("differs in amount", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("customer.created", """{"id":"cus_1","object":"customer"}""")]
    [InlineData("invoice.upcoming", """{"object":"invoice"}""")]
    [InlineData("charge.succeeded", """{"id":"ch_1","object":"charge","payment_intent":null}""")]
    [InlineData("setup_intent.succeeded", """{"id":"seti_1","object":"setup_intent","payment_intent":"pi_unknown"}""")]
    public async Task An_event_of_no_concern_is_ignored(string type, string about)
    {
        await shop.DeliverAsync(EventBody.Of(id, type, about));
        await shop.DrainAsync();

        Assert.Equal(InboxStatus.Ignored, (await shop.InboxAsync(id))!.Status);
    }

    [Fact]
    public async Task A_payment_of_another_integration_is_ignored()
    {
        var intent = (await shop.StripeAsync("/v1/payment_intents", ("amount", "100"), ("currency", "usd"))).GetProperty("id").GetString();
        await shop.DeliverAsync(EventBody.Of(id, about: $$"""{"id":"{{intent}}","object":"payment_intent"}"""));
        await shop.DrainAsync();

        Assert.Equal(InboxStatus.Ignored, (await shop.InboxAsync(id))!.Status);
    }

    [Fact]
    public async Task A_processor_that_was_overtaken_cannot_undo_what_the_other_one_did()
    {
        await using var alone = await StillShop.OpenAsync();
        await alone.DeliverAsync(EventBody.Of(id));
        var inbox = alone.Services.GetRequiredService<IWebhookInbox>();

        var slow = await inbox.ClaimAsync();
        Assert.Null(await inbox.ClaimAsync());
        alone.Clock.Advance(TimeSpan.FromMinutes(5));
        var other = await inbox.ClaimAsync();
        await inbox.EndAsync(other!, new WebhookResult.Done());
        await inbox.EndAsync(slow!, new WebhookResult.TryAgain("too late"));

        Assert.Equal((InboxStatus.Done, null), ((await alone.InboxAsync(id))!.Status, (await alone.InboxAsync(id))!.Error));
    }

    private async Task FinishAtStripeAsync(OrderId order)
    {
        var intent = (await shop.IntentOfAsync(order)).Id;
        await shop.EndChallengeAsync(intent, passes: true);
        await shop.StripeAsync($"/v1/payment_intents/{intent}/confirm");
    }

    private Task<JsonElement> PayAtStripeAsync(OrderId order, int amount = 4900) => shop.StripeAsync(
        "/v1/payment_intents",
        ("amount", $"{amount}"), ("currency", "usd"), ("confirm", "true"), ("confirmation_method", "manual"), ("allowed_payment_method_types[0]", "card"),
        ("payment_method", "pm_card_visa"), ("metadata[order_id]", order.Value));

    private async Task<SentEvent> PaidEventAsync(OrderId order)
    {
        var intent = Assert.Single(shop.Shop.Sandbox.Books.All<PaymentIntent>(), IsOf(order)).Id;
        return Assert.Single(await shop.EventsAsync(sent => sent.Intent == intent && sent.Type == "payment_intent.succeeded"));
    }

    private async Task<InboxRow> RowOfAsync(OrderId order) => (await shop.InboxAsync((await PaidEventAsync(order)).Id))!;

    private static Predicate<PaymentIntent> IsOf(OrderId order) =>
        intent => intent.Metadata.Entries.Contains(new("order_id", order.Value));

    private Task<int> StoreAsync(OrderId order) => shop.ReadAsync(context =>
    {
        context.Orders.Add(new Order
        {
            Id = order,
            Number = order.Value[..9],
            ProductId = "pour-over-kettle",
            ProductName = "Pour-over kettle",
            Amount = Money.OfMajor(49, Currency.Usd),
            PlacedAt = shop.Now,
        });
        context.Payments.Add(new PaymentRow { OrderId = order, MovedAt = shop.Now });
        return context.SaveChangesAsync();
    });
}
