using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Webhooks;

/// <summary>Events that no webhook brought are fetched, whatever was lost and for how long.</summary>
public sealed class CatchUpTests : IAsyncLifetime
{
    private Func<Task> _afterPage = () => Task.CompletedTask;
    private int _pages;
    private int _storesLeft = int.MaxValue;
    private ManualShop _shop = null!;

    public async Task InitializeAsync()
    {
        _shop = await ManualShop.OpenAsync(services =>
        {
            var real = services.Single(service => service.ServiceType == typeof(IStripeEvents));
            services.AddSingleton(provider => Intercepted<IStripeEvents>.Around(
                (IStripeEvents)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!), after: _ => HearPageAsync()));
            var inbox = services.Single(service => service.ServiceType == typeof(IWebhookInbox));
            services.AddSingleton(provider => Intercepted<IWebhookInbox>.Around(
                (IWebhookInbox)ActivatorUtilities.CreateInstance(provider, inbox.ImplementationType!), LoseStoreAsync));
        });
        // The first start: what happens from now on is the shop's business.
        await _shop.CatchUpAsync();
    }

    public Task DisposeAsync() => _shop.DisposeAsync().AsTask();

    [Fact]
    public async Task A_payment_whose_webhooks_were_lost_is_paid_and_fulfilled()
    {
        var order = await FinishedElsewhereAsync();

        await _shop.CatchUpAsync();

        await _shop.Shop.AssertPaidOnceAsync(order);
        Assert.Contains(await _shop.TimelineAsync(order), line => line is { Event: TimelineEvent.Released, Actor: PaymentActor.Webhook });
    }

    [Fact]
    public async Task What_people_do_in_the_dashboard_while_the_shop_is_away_for_weeks_is_known_afterwards()
    {
        var refunded = await _shop.OrderTriedWithAsync(ManualShop.GoodCard);
        var disputed = await _shop.OrderTriedWithAsync(ManualShop.DisputedCard);
        var canceled = await _shop.OrderTriedWithAsync(ManualShop.PoorCard);
        _shop.Clock.Advance(TimeSpan.FromDays(9));
        await _shop.StripeAsync("/v1/refunds", ("payment_intent", (await _shop.IntentOfAsync(refunded)).Id), ("amount", "700"));
        _shop.Clock.Advance(TimeSpan.FromDays(9));
        await _shop.StripeAsync($"/v1/payment_intents/{(await _shop.IntentOfAsync(canceled)).Id}/cancel");
        _shop.Clock.Advance(TimeSpan.FromDays(9));

        await _shop.CatchUpAsync();

        Assert.Equal(700, (await _shop.FindAsync(refunded)).Refunded.MinorUnits);
        Assert.Equal(PaymentState.Canceled, (await _shop.FindAsync(canceled)).State);
        Assert.True((await _shop.ReadAsync(context => context.Payments.SingleAsync(row => row.OrderId == disputed))).IsDisputed);
        // By the event, or by a look that another event of the same payment asked for.
        Assert.Single(
            await _shop.TimelineAsync(refunded),
            line => line is { Event: TimelineEvent.RefundChanged, Actor: PaymentActor.Webhook or PaymentActor.Sweeper });
    }

    [Fact]
    public async Task More_events_than_a_page_holds_are_all_read()
    {
        const int Payments = 130;
        for (var i = 0; i < Payments; i++)
            await PayElsewhereAsync();
        var order = await FinishedElsewhereAsync();
        _pages = 0;

        await _shop.CatchUpAsync();

        await MustHaveEveryEventAsync();
        Assert.Equal(2, _pages);
        await _shop.Shop.AssertPaidOnceAsync(order);
    }

    [Fact]
    public async Task A_reading_that_breaks_off_goes_on_where_it_stopped()
    {
        for (var i = 0; i < 210; i++)
            await PayElsewhereAsync();
        _pages = 0;
        await _shop.FaultAsync("error_before", "GET /v1/events", count: 1000, ("skip", "1"));
        await _shop.WhileTimePassesAsync(CatchUpAsync());
        Assert.Equal(100, await _shop.ReadAsync(context => context.Inbox.CountAsync()));
        await _shop.NoMoreFaultsAsync();
        _pages = 0;

        await _shop.CatchUpAsync();

        Assert.Equal(2, _pages);
        await MustHaveEveryEventAsync();
    }

    [Fact]
    public async Task A_page_that_could_not_be_stored_is_read_again()
    {
        await PayElsewhereAsync();
        // Longer apart than what is read again each time.
        _shop.Clock.Advance(EventCatchUp.Overlap + TimeSpan.FromMinutes(1));
        await PayElsewhereAsync();
        _storesLeft = 0;
        await _shop.CatchUpAsync();
        Assert.Equal(0, await _shop.ReadAsync(context => context.Inbox.CountAsync()));
        _storesLeft = int.MaxValue;

        _shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await _shop.RunDueAsync();

        await MustHaveEveryEventAsync();
    }

    [Fact]
    public async Task A_reading_that_Stripe_rejects_half_way_goes_on_where_it_stopped()
    {
        for (var i = 0; i < 130; i++)
        {
            // The older ones are out of reach of what is read again each time.
            if (i == 20)
                _shop.Clock.Advance(EventCatchUp.Overlap + TimeSpan.FromMinutes(1));
            await PayElsewhereAsync();
        }

        await _shop.FaultAsync(
            "refuse", "GET /v1/events", count: 1, ("skip", "1"), ("error[type]", "invalid_request_error"), ("error[code]", "parameter_unknown"), ("status", "400"));
        await _shop.CatchUpAsync();

        _shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await _shop.CatchUpAsync();

        await MustHaveEveryEventAsync();
    }

    [Fact]
    public async Task A_reading_whose_last_event_Stripe_has_forgotten_is_over_and_the_next_one_begins()
    {
        for (var i = 0; i < 130; i++)
            await PayElsewhereAsync();
        await _shop.FaultAsync(
            "refuse", "GET /v1/events", count: 1, ("skip", "1"), ("error[type]", "invalid_request_error"), ("error[code]", "resource_missing"), ("status", "400"));
        await _shop.CatchUpAsync();
        await PayElsewhereAsync();

        _shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await _shop.CatchUpAsync();

        Assert.Equal(TimeSpan.Zero, _shop.Services.GetRequiredService<CatchUpState>().Lag);
        await MustHaveEveryEventAsync();
    }

    [Fact]
    public async Task While_Stripe_cannot_be_reached_it_is_said_once_and_tried_every_few_minutes()
    {
        await _shop.FaultAsync("error_before", "GET /v1/events", count: 1000);
        for (var turn = 0; turn < 4; turn++)
            await _shop.WhileTimePassesAsync(CatchUpAsync());

        Assert.Single(_shop.Logs.Entries, IsAboutAbsence);
        var item = (await _shop.WorkAsync(WorkKind.CatchUp, EventCatchUp.Subject))!;
        Assert.Equal((WorkStatus.Waiting, 0), (item.Status, item.Tries));
        Assert.InRange(item.DueAt - _shop.Now, TimeSpan.Zero, TimeSpan.FromMinutes(3));

        await _shop.NoMoreFaultsAsync();
        await _shop.CatchUpAsync();
        await _shop.FaultAsync("error_before", "GET /v1/events", count: 1000);
        await _shop.WhileTimePassesAsync(CatchUpAsync());
        Assert.Equal(2, _shop.Logs.Entries.Count(IsAboutAbsence));
    }

    [Fact]
    public async Task A_webhook_that_comes_while_its_event_is_fetched_is_kept_and_processed_once()
    {
        var order = await FinishedElsewhereAsync();
        var sent = await _shop.EventsOfAsync(order, "payment_intent.succeeded");
        // Between reading the page and storing it.
        _afterPage = async () =>
        {
            _afterPage = () => Task.CompletedTask;
            foreach (var happened in await _shop.EventsOfAsync(order))
                await _shop.DeliverAsync(happened.Body);
        };

        await _shop.CatchUpAsync();
        await _shop.DeliverAsync(sent[0].Body);
        await _shop.CatchUpAsync();

        Assert.Equal(1, await _shop.ReadAsync(context => context.Inbox.CountAsync(row => row.EventId == sent[0].Id)));
        Assert.Equal(0, (await _shop.EventAsync(sent[0].Id)).Revision);
        await _shop.Shop.AssertPaidOnceAsync(order);
        Assert.Single(await _shop.TimelineAsync(order), line => line.Event is TimelineEvent.Fulfilled);
    }

    [Fact]
    public async Task An_event_that_Stripe_lists_after_younger_ones_is_found()
    {
        var late = await FinishedElsewhereAsync();
        var events = await _shop.EventsOfAsync(late);
        _shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await FinishedElsewhereAsync();
        await _shop.CatchUpAsync();
        // As if the first reading had not seen them.
        await _shop.ReadAsync(context => context.Inbox.Where(row => events.Select(sent => sent.Id).Contains(row.EventId)).ExecuteDeleteAsync());
        await _shop.ReadAsync(context => context.Work.Where(row => events.Select(sent => sent.Id).Contains(row.Subject)).ExecuteDeleteAsync());

        _shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await _shop.CatchUpAsync();

        await MustHaveEveryEventAsync();
    }

    [Fact]
    public async Task An_event_of_the_other_mode_is_left_to_the_other_installation()
    {
        var (live, test) = (EventBody.NewId(), EventBody.NewId());
        var page = new EventPage([EventBody.Of(live, live: "true"), EventBody.Of(test)], HasMore: false, LastId: test, Newest: null);
        await using var shop = await ManualShop.OpenAsync(services => services.AddSingleton<IStripeEvents>(new OnePage(page)));

        await shop.CatchUpAsync();

        Assert.Equal([test], await shop.ReadAsync(context => context.Inbox.Select(row => row.EventId).ToListAsync()));
    }

    [Fact]
    public async Task A_turn_without_news_costs_one_request_however_many_orders_there_are()
    {
        for (var i = 0; i < 20; i++)
            await _shop.OrderTriedWithAsync(ManualShop.PoorCard);
        await _shop.CatchUpAsync();
        var stored = await _shop.ReadAsync(context => context.Inbox.CountAsync());
        _pages = 0;

        for (var turn = 1; turn <= 20; turn++)
        {
            _shop.Clock.Advance(TimeSpan.FromMinutes(3));
            await _shop.RunDueAsync();
            Assert.Equal(turn, _pages);
        }

        Assert.Equal(stored, await _shop.ReadAsync(context => context.Inbox.CountAsync()));
    }

    [Fact]
    public async Task The_first_start_begins_with_the_last_minutes()
    {
        await using var late = await ManualShop.OpenAsync();
        await late.StripeAsync("/v1/payment_intents", PaidForm);
        late.Clock.Advance(EventCatchUp.Overlap + TimeSpan.FromSeconds(1));
        await late.StripeAsync("/v1/payment_intents", PaidForm);
        late.Clock.Advance(TimeSpan.FromMinutes(1));

        await late.CatchUpAsync();

        Assert.Equal(1, await late.ReadAsync(context => context.Inbox.CountAsync()));
    }

    /// <summary>Its process was killed within its first seconds, say, and came back after the weekend.</summary>
    [Fact]
    public async Task A_shop_that_went_away_before_its_first_reading_begins_with_its_first_order()
    {
        await using var late = await ManualShop.OpenAsync();
        var order = await late.OrderTriedWithAsync(ManualShop.GoodCard);
        await late.StripeAsync("/v1/refunds", ("payment_intent", (await late.IntentOfAsync(order)).Id), ("amount", "700"));
        late.Clock.Advance(TimeSpan.FromDays(3));
        await late.OrderTriedWithAsync(ManualShop.GoodCard);

        await late.CatchUpAsync();

        Assert.Equal(700, (await late.FindAsync(order)).Refunded.MinorUnits);
    }

    [Fact]
    public async Task How_far_behind_the_shop_is_can_be_measured()
    {
        var state = _shop.Services.GetRequiredService<CatchUpState>();
        _shop.Clock.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal(TimeSpan.FromMinutes(7), state.Lag);

        await _shop.CatchUpAsync();

        Assert.Equal(TimeSpan.Zero, state.Lag);
    }

    [Fact]
    public void Stripe_takes_the_list_of_types() => Assert.InRange(StripeEvents.Needed.Count, 1, 20);

    private static (string Name, string Value)[] PaidForm =>
    [
        ("amount", "100"), ("currency", "usd"), ("confirm", "true"), ("payment_method", "pm_card_visa"), ("allowed_payment_method_types[0]", "card"),
    ];

    private async Task<bool> CatchUpAsync()
    {
        await _shop.CatchUpAsync();
        return true;
    }

    private Task<JsonElement> PayElsewhereAsync() => _shop.StripeAsync("/v1/payment_intents", PaidForm);

    private async Task<OrderId> FinishedElsewhereAsync()
    {
        var order = await _shop.OrderTriedWithAsync(ManualShop.BankCard);
        var intent = (await _shop.IntentOfAsync(order)).Id;
        await _shop.EndChallengeAsync(intent, passes: true);
        await _shop.StripeAsync($"/v1/payment_intents/{intent}/confirm");
        Assert.Equal(PaymentState.AwaitingAuthentication, (await _shop.FindAsync(order)).State);
        return order;
    }

    private async Task MustHaveEveryEventAsync()
    {
        var happened = (await _shop.EventsAsync(sent => StripeEvents.Needed.Contains(sent.Type))).Select(sent => sent.Id).Order().ToList();
        Assert.NotEmpty(happened);
        Assert.Equal(happened, (await _shop.ReadAsync(context => context.Inbox.Select(row => row.EventId).ToListAsync())).Order());
    }

    private Task LoseStoreAsync(string method, object?[] arguments) =>
        method == nameof(IWebhookInbox.StoreMissingAsync) && _storesLeft-- <= 0 ? throw new IOException("The ledger is away.") : Task.CompletedTask;

    private Task HearPageAsync()
    {
        _pages++;
        return _afterPage();
    }

    private static bool IsAboutAbsence(LogEntry entry) =>
        entry.Level is LogLevel.Warning && entry.Text.Contains("Stripe's events could not be read", StringComparison.Ordinal);

    private sealed class OnePage(EventPage page) : IStripeEvents
    {
        public Task<GatewayAnswer<EventPage>> ReadAsync(DateTime since, string? after, CancellationToken cancellationToken = default) =>
            Task.FromResult<GatewayAnswer<EventPage>>(new GatewayAnswer<EventPage>.Answered(page));
    }
}
