using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;
using PaymentIntent = StripeSandbox.Objects.PaymentIntent;

namespace PaymentApp.Tests.Webhooks;

public sealed class WebhookProcessorTests(ManualShopFixture fixture) : IClassFixture<ManualShopFixture>
{
    private readonly ManualShop _shop = fixture.Shop;
    private readonly string _id = EventBody.NewId();

    private IWorkQueue Queue => _shop.Services.GetRequiredService<IWorkQueue>();

    [Fact]
    public async Task A_payment_that_was_finished_elsewhere_is_paid_and_fulfilled_by_its_event()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.BankCard);
        await FinishAtStripeAsync(order);

        foreach (var sent in await _shop.EventsOfAsync(order))
            await _shop.DeliverAsync(sent.Body);
        await _shop.DrainAsync();

        await _shop.Shop.AssertPaidOnceAsync(order);
        Assert.Contains(await _shop.TimelineAsync(order), line => line is { Event: TimelineEvent.Released, Actor: PaymentActor.Webhook });
    }

    [Fact]
    public async Task Late_news_of_a_failure_leaves_a_paid_order_paid()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.PoorCard);
        await _shop.PayAsync(order, ManualShop.GoodCard);

        foreach (var sent in (await _shop.EventsOfAsync(order)).Reverse())
        {
            await _shop.DeliverAsync(sent.Body);
            await _shop.DrainAsync();
        }

        await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task An_event_of_another_installations_order_ends_at_once()
    {
        var foreign = OrderId.New();
        await PayAtStripeAsync(foreign);
        var sent = await PaidEventAsync(foreign);
        await _shop.DeliverAsync(sent.Body);
        await _shop.DrainAsync();

        var work = await _shop.EventAsync(sent.Id);
        Assert.Equal((WorkStatus.Done, "The PaymentIntent is of no order in the ledger."), (work.Status, work.Note));
    }

    [Fact]
    public async Task An_event_of_a_payment_that_nobody_shows_ends_at_once_where_the_ledger_does_not_know_it_either()
    {
        await _shop.DeliverAsync(EventBody.Of(_id));
        await _shop.DrainAsync();

        var work = await _shop.EventAsync(_id);
        Assert.Equal(WorkStatus.Done, work.Status);
        Assert.Contains("resource_missing", work.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_a_payment_that_Stripe_has_lost_and_the_ledger_knows_is_parked_and_can_be_replayed()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.BankCard);
        var intent = await _shop.IntentOfAsync(order);
        await _shop.ReadAsync(context => context.Payments.Where(row => row.OrderId == order)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.IntentId, PaymentIntentId.Parse("pi_lost"))));
        await _shop.DeliverAsync(EventBody.Of(_id, about: """{"id":"pi_lost","object":"payment_intent"}"""));
        await _shop.DrainAsync();

        var parked = Assert.Single(await Queue.ParkedAsync(most: 100), work => work.Subject == _id);
        Assert.Equal((WorkKind.Event, (await _shop.FindAsync(order)).Order.Number, 1), (parked.Kind, parked.OrderNumber, parked.Tries));
        Assert.Contains("resource_missing", parked.Error, StringComparison.Ordinal);
        Assert.Contains(_shop.Logs.Entries, entry => entry.Level is LogLevel.Error
            && entry.Text.Contains($"of order {parked.OrderNumber} is given up", StringComparison.Ordinal));

        await _shop.ReadAsync(context => context.Payments.Where(row => row.OrderId == order)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.IntentId, PaymentIntentId.Parse(intent.Id))));
        Assert.True(await Queue.ReplayAsync(parked.Id));
        await _shop.DrainAsync();

        Assert.Equal(WorkStatus.Done, (await _shop.EventAsync(_id)).Status);
        Assert.False(await Queue.ReplayAsync(parked.Id));
    }

    [Fact]
    public async Task An_intent_that_differs_from_its_order_is_parked_and_pays_nothing()
    {
        var order = await _shop.OrderAsync();
        await PayAtStripeAsync(order, amount: 100);
        var sent = await PaidEventAsync(order);
        await _shop.DeliverAsync(sent.Body);
        await _shop.DrainAsync();

        Assert.Equal(WorkStatus.Parked, (await _shop.EventAsync(sent.Id)).Status);
        Assert.Equal(PaymentState.AwaitingPayment, (await _shop.FindAsync(order)).State);
        Assert.Contains(_shop.Logs.Entries, entry => entry.Text.Contains("differs in amount", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_whose_payment_was_made_elsewhere_is_paid_by_its_event()
    {
        var order = await _shop.OrderAsync();
        await PayAtStripeAsync(order);
        await _shop.DeliverAsync((await PaidEventAsync(order)).Body);
        await _shop.DrainAsync();

        await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Theory]
    [InlineData("customer.created", """{"id":"cus_1","object":"customer"}""")]
    [InlineData("invoice.upcoming", """{"object":"invoice"}""")]
    [InlineData("charge.succeeded", """{"id":"ch_1","object":"charge","payment_intent":null}""")]
    [InlineData("setup_intent.succeeded", """{"id":"seti_1","object":"setup_intent","payment_intent":"pi_unknown"}""")]
    public async Task An_event_of_no_concern_is_ignored(string type, string about)
    {
        await _shop.DeliverAsync(EventBody.Of(_id, type, about));
        await _shop.DrainAsync();

        Assert.Equal((WorkStatus.Done, 0), ((await _shop.EventAsync(_id)).Status, (await Queue.ParkedAsync(most: 100)).Count(work => work.Subject == _id)));
    }

    [Fact]
    public async Task A_payment_of_another_integration_is_ignored()
    {
        var intent = (await _shop.StripeAsync("/v1/payment_intents", ("amount", "100"), ("currency", "usd"))).GetProperty("id").GetString();
        await _shop.DeliverAsync(EventBody.Of(_id, about: $$"""{"id":"{{intent}}","object":"payment_intent"}"""));
        await _shop.DrainAsync();

        Assert.Equal((WorkStatus.Done, 0), ((await _shop.EventAsync(_id)).Status, (await Queue.ParkedAsync(most: 100)).Count(work => work.Subject == _id)));
    }

    private async Task FinishAtStripeAsync(OrderId order)
    {
        var intent = (await _shop.IntentOfAsync(order)).Id;
        await _shop.EndChallengeAsync(intent, passes: true);
        await _shop.StripeAsync($"/v1/payment_intents/{intent}/confirm");
    }

    private Task<JsonElement> PayAtStripeAsync(OrderId order, int amount = 4900) => _shop.StripeAsync(
        "/v1/payment_intents",
        ("amount", $"{amount}"), ("currency", "usd"), ("confirm", "true"), ("confirmation_method", "manual"), ("allowed_payment_method_types[0]", "card"),
        ("payment_method", "pm_card_visa"), ("metadata[order_id]", order.Value));

    private async Task<SentEvent> PaidEventAsync(OrderId order)
    {
        var intent = Assert.Single(_shop.Shop.Sandbox.Books.All<PaymentIntent>(), IsOf(order)).Id;
        return Assert.Single(await _shop.EventsAsync(sent => sent.Intent == intent && sent.Type == "payment_intent.succeeded"));
    }

    private static Predicate<PaymentIntent> IsOf(OrderId order) =>
        intent => intent.Metadata.Entries.Contains(new("order_id", order.Value));
}
