using Microsoft.Extensions.Options;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Ledger;

/// <summary>A payment costs the same in a shop's first hour and in its tenth year (invariant 12).</summary>
public sealed class QueryPlanTests : IDisposable
{
    private const int Many = 5_000;

    private static readonly PaymentFailure Declined = new(FailureReason.GenericDecline, "card_declined");

    private readonly QueryPlans _plans = new();
    private readonly TestLedger _ledger;

    public QueryPlanTests() => _ledger = new TestLedger(_plans);

    public static TheoryData<int> Sizes => [0, Many];

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_payment_is_found_by_key_with_all_that_belongs_to_it(int others)
    {
        await FillAsync(others);
        var payment = await _ledger.PlaceAsync();
        await _ledger.BeginAttemptAsync(payment);

        var executed = await _plans.AssertByKeyAsync(() => _ledger.FindAsync(payment.Order.Id));

        // One statement is one moment.
        Assert.Single(executed);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Every_change_of_a_payment_is_made_by_key(int others)
    {
        await FillAsync(others);
        var order = (await _ledger.PlaceAsync()).Order;
        var intent = new IntentSnapshot(PaymentIntentId.Parse("pi_1"), PaymentState.AwaitingPayment, order.Amount, order.Id, null, Declined, null);

        await _plans.AssertByKeyAsync(async () =>
        {
            var first = await _ledger.BeginAttemptAsync(await _ledger.FindAsync(order.Id));
            await _ledger.Payments.RecordAsync(order.Id, intent, first);
            var second = await _ledger.BeginAttemptAsync(await _ledger.FindAsync(order.Id));
            await _ledger.Payments.RepeatStepAsync(second);
            await _ledger.Payments.EndStepAsync(second, PaymentStepResult.Rejected, Declined);
            var third = await _ledger.BeginAttemptAsync(await _ledger.FindAsync(order.Id));
            await _ledger.Payments.RecordAsync(order.Id, intent with { State = PaymentState.AwaitingConfirmation }, third);
            var fourth = await _ledger.Payments.BeginConfirmationAsync(await _ledger.FindAsync(order.Id));
            await _ledger.Payments.RecordAsync(order.Id, intent with { State = PaymentState.Paid }, fourth);
            await _ledger.Payments.RecordRefundAsync(
                order.Id, new RefundSnapshot("re_1", PaymentIntentId.Parse("pi_1"), order.Amount, RefundStatus.Pending, null, DateTime.UtcNow), PaymentActor.Operator);
            var paid = intent with { State = PaymentState.Paid };
            await _ledger.Payments.RecordPaymentAsync(order.Id, new PaymentSnapshot(
                paid,
                [],
                [new DisputeSnapshot("dp_1", order.Amount, DisputeStatus.NeedsResponse, "fraudulent", null)],
                [new FraudWarningSnapshot("issfr_1", "misc", IsActionable: true)]), PaymentActor.Webhook);
            await _ledger.Payments.RecordPaymentAsync(order.Id, new PaymentSnapshot(
                paid,
                [],
                [new DisputeSnapshot("dp_1", order.Amount, DisputeStatus.Won, "fraudulent", null)],
                [new FraudWarningSnapshot("issfr_1", "misc", IsActionable: false)]), PaymentActor.Webhook);
            await _ledger.Payments.TimelineAsync(order.Id);
        });

        var unpaid = await _ledger.PlaceAsync();
        await _plans.AssertByKeyAsync(() => _ledger.Payments.CloseAsync(unpaid, PaymentActor.Operator));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task An_order_is_placed_and_found_by_key(int others)
    {
        await FillAsync(others);

        await _plans.AssertByKeyAsync(async () => await _ledger.Orders.FindAsync((await _ledger.Orders.PlaceAsync(TestLedger.Kettle)).Id));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task What_an_open_page_asks_for_is_found_by_key(int others)
    {
        await FillAsync(others);
        var step = await _ledger.BeginAttemptAsync(await _ledger.PlaceAsync());
        var purchase = PurchaseToken.New();

        await _plans.AssertByKeyAsync(async () =>
        {
            await _ledger.Payments.FindVersionAsync(step.Order);
            var order = await _ledger.Orders.PlaceAsync(TestLedger.Kettle, purchase);
            Assert.Equal(order.Id, (await _ledger.Orders.PlaceAsync(TestLedger.Kettle, purchase)).Id);
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Work_is_found_claimed_and_completed_by_key(int others)
    {
        await FillAsync(others);
        var look = (await _ledger.PlaceAsync()).Order.Id.Value;
        var queue = _ledger.Queue();

        await _plans.AssertByKeyAsync(async () =>
        {
            await queue.ScheduleAsync(WorkKind.CatchUp, "one", _ledger.Now);
            await queue.ScheduleAsync(WorkKind.Look, look, _ledger.Now);
            await queue.NextDueAsync();
            await queue.OldestWaitingAsync();
            var claimed = await queue.ClaimAsync(4);
            Assert.Equal(2, claimed.Count);
            await queue.ReleaseAsync(claimed[0]);
            Assert.True(await queue.CompleteAsync(claimed[1], new WorkResult.Retry("Not yet.")));
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Parked_work_is_found_among_what_is_parked(int others)
    {
        await FillAsync(others);
        var inbox = new WebhookInbox(_ledger, _ledger.Clock, _ledger.Signal);
        var queue = _ledger.Queue();

        await _plans.AssertByKeyAsync(async () =>
        {
            await inbox.StoreAsync(new WebhookEvent("evt_1", "payment_intent.succeeded", IsLive: false, "pi_1", PaymentIntentId.Parse("pi_1")));
            await queue.CompleteAsync(Assert.Single(await queue.ClaimAsync(4)), new WorkResult.Park("No such PaymentIntent."));
            var parked = Assert.Single(await queue.ParkedAsync(most: 100), work => work.Subject == "evt_1");
            Assert.True(await queue.ReplayAsync(parked.Id));
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Events_are_kept_and_found_by_key(int others)
    {
        await FillAsync(others);
        var inbox = new WebhookInbox(_ledger, _ledger.Clock, _ledger.Signal);
        var happened = new WebhookEvent("evt_1", "payment_intent.succeeded", IsLive: false, "pi_1", PaymentIntentId.Parse("pi_1"));
        var cursor = new EventCursor(_ledger);

        await _plans.AssertByKeyAsync(async () =>
        {
            Assert.Equal(1, await inbox.StoreMissingAsync([happened with { Id = "evt_2" }]));
            Assert.True(await inbox.StoreAsync(happened));
            Assert.False(await inbox.StoreAsync(happened));
            Assert.NotNull(await inbox.FindAsync("evt_1"));
            await cursor.MoveAsync(new EventPosition(_ledger.Now));
            await cursor.MoveAsync(new EventPosition(_ledger.Now, After: "evt_1"));
            Assert.Equal("evt_1", (await cursor.FindAsync())!.After);
            Assert.Equal(others > 0, await cursor.FindFirstOrderAsync() is not null);
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_fulfilment_is_found_and_completed_by_key(int others)
    {
        await FillAsync(others);
        var order = (await _ledger.PlaceAsync()).Order;
        await _ledger.Payments.RecordAsync(
            order.Id, new IntentSnapshot(PaymentIntentId.Parse("pi_1"), PaymentState.Paid, order.Amount, order.Id, null, null, null), PaymentActor.Webhook);
        var fulfilments = new Fulfilments(_ledger, _ledger.Clock);

        await _plans.AssertByKeyAsync(async () =>
        {
            Assert.NotNull(await fulfilments.FindOpenAsync(order.Id));
            Assert.True(await fulfilments.CompleteAsync(order.Id));
            Assert.False(await fulfilments.CompleteAsync(order.Id));
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task What_was_done_long_ago_is_found_and_deleted_by_key(int others)
    {
        await FillAsync(others);
        var inbox = new WebhookInbox(_ledger, _ledger.Clock, _ledger.Signal);
        await inbox.StoreAsync(new WebhookEvent("evt_1", "payment_intent.succeeded", IsLive: false, "pi_1", PaymentIntentId.Parse("pi_1")));
        var queue = _ledger.Queue();
        await queue.CompleteAsync(Assert.Single(await queue.ClaimAsync(4)), new WorkResult.Done());
        _ledger.Clock.Advance(TimeSpan.FromDays(36));

        await _plans.AssertByKeyAsync(async () => Assert.True(await queue.DeleteDoneAsync() > 0));

        Assert.Null(await inbox.FindAsync("evt_1"));
    }

    [Fact]
    public async Task A_query_that_reads_a_whole_table_is_noticed()
    {
        await FillAsync(10);

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => _plans.AssertByKeyAsync(() => _ledger.ReadAsync(context => Task.FromResult(context.Orders.Count(order => order.ProductName == "Kettle")))));
    }

    private async Task FillAsync(int others)
    {
        if (others == 0)
            return;
        await using var context = _ledger.CreateDbContext();
        await LargeLedger.FillAsync(context, others);
    }
}
