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

    private readonly QueryPlans plans = new();
    private readonly TestLedger ledger;

    public QueryPlanTests() => ledger = new TestLedger(plans);

    public static TheoryData<int> Sizes => [0, Many];

    public void Dispose() => ledger.Dispose();

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_payment_is_found_by_key_with_all_that_belongs_to_it(int others)
    {
        await FillAsync(others);
        var payment = await ledger.PlaceAsync();
        await ledger.BeginAttemptAsync(payment);

        var executed = await plans.AssertByKeyAsync(() => ledger.FindAsync(payment.Order.Id));

        // One statement is one moment.
        Assert.Single(executed);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Every_change_of_a_payment_is_made_by_key(int others)
    {
        await FillAsync(others);
        var order = (await ledger.PlaceAsync()).Order;
        var intent = new IntentSnapshot(PaymentIntentId.Parse("pi_1"), PaymentState.AwaitingPayment, order.Amount, order.Id, null, Declined, null);

        await plans.AssertByKeyAsync(async () =>
        {
            var first = await ledger.BeginAttemptAsync(await ledger.FindAsync(order.Id));
            await ledger.Payments.RecordAsync(order.Id, intent, first);
            var second = await ledger.BeginAttemptAsync(await ledger.FindAsync(order.Id));
            await ledger.Payments.RepeatStepAsync(second);
            await ledger.Payments.EndStepAsync(second, PaymentStepResult.Rejected, Declined);
            var third = await ledger.BeginAttemptAsync(await ledger.FindAsync(order.Id));
            await ledger.Payments.RecordAsync(order.Id, intent with { State = PaymentState.AwaitingConfirmation }, third);
            var fourth = await ledger.Payments.BeginConfirmationAsync(await ledger.FindAsync(order.Id));
            await ledger.Payments.RecordAsync(order.Id, intent with { State = PaymentState.Paid }, fourth);
            await ledger.Payments.RecordRefundAsync(
                order.Id, new RefundSnapshot("re_1", PaymentIntentId.Parse("pi_1"), order.Amount, RefundStatus.Pending, null, DateTime.UtcNow), PaymentActor.Operator);
            var paid = intent with { State = PaymentState.Paid };
            await ledger.Payments.RecordPaymentAsync(order.Id, new PaymentSnapshot(
                paid,
                [],
                [new DisputeSnapshot("dp_1", order.Amount, DisputeStatus.NeedsResponse, "fraudulent", null)],
                [new FraudWarningSnapshot("issfr_1", "misc", IsActionable: true)]), PaymentActor.Webhook);
            await ledger.Payments.RecordPaymentAsync(order.Id, new PaymentSnapshot(
                paid,
                [],
                [new DisputeSnapshot("dp_1", order.Amount, DisputeStatus.Won, "fraudulent", null)],
                [new FraudWarningSnapshot("issfr_1", "misc", IsActionable: false)]), PaymentActor.Webhook);
            await ledger.Payments.TimelineAsync(order.Id);
        });

        var unpaid = await ledger.PlaceAsync();
        await plans.AssertByKeyAsync(() => ledger.Payments.CloseAsync(unpaid, PaymentActor.Operator));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task An_order_is_placed_and_found_by_key(int others)
    {
        await FillAsync(others);

        await plans.AssertByKeyAsync(async () => await ledger.Orders.FindAsync((await ledger.Orders.PlaceAsync(TestLedger.Kettle)).Id));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task What_an_open_page_asks_for_is_found_by_key(int others)
    {
        await FillAsync(others);
        var step = await ledger.BeginAttemptAsync(await ledger.PlaceAsync());
        var purchase = PurchaseToken.New();

        await plans.AssertByKeyAsync(async () =>
        {
            await ledger.Payments.FindVersionAsync(step.Order);
            var order = await ledger.Orders.PlaceAsync(TestLedger.Kettle, purchase);
            Assert.Equal(order.Id, (await ledger.Orders.PlaceAsync(TestLedger.Kettle, purchase)).Id);
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Work_is_found_claimed_and_completed_by_key(int others)
    {
        await FillAsync(others);
        var look = (await ledger.PlaceAsync()).Order.Id.Value;
        var queue = ledger.Queue();

        await plans.AssertByKeyAsync(async () =>
        {
            await queue.ScheduleAsync(WorkKind.CatchUp, "one", ledger.Now);
            await queue.ScheduleAsync(WorkKind.Look, look, ledger.Now);
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
        var inbox = new WebhookInbox(ledger, ledger.Clock, ledger.Signal);
        var queue = ledger.Queue();

        await plans.AssertByKeyAsync(async () =>
        {
            await inbox.StoreAsync(new WebhookEvent("evt_1", "payment_intent.succeeded", IsLive: false, "pi_1", PaymentIntentId.Parse("pi_1")));
            await queue.CompleteAsync(Assert.Single(await queue.ClaimAsync(4)), new WorkResult.Park("No such PaymentIntent."));
            var parked = Assert.Single(await queue.ParkedAsync(), work => work.Subject == "evt_1");
            Assert.True(await queue.ReplayAsync(parked.Id));
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Events_are_kept_and_found_by_key(int others)
    {
        await FillAsync(others);
        var inbox = new WebhookInbox(ledger, ledger.Clock, ledger.Signal);
        var happened = new WebhookEvent("evt_1", "payment_intent.succeeded", IsLive: false, "pi_1", PaymentIntentId.Parse("pi_1"));
        var cursor = new EventCursor(ledger);

        await plans.AssertByKeyAsync(async () =>
        {
            Assert.Single(await inbox.WithoutKnownAsync([happened]));
            Assert.True(await inbox.StoreAsync(happened));
            Assert.False(await inbox.StoreAsync(happened));
            Assert.NotNull(await inbox.FindAsync("evt_1"));
            await cursor.MoveAsync(new EventPosition(ledger.Now));
            await cursor.MoveAsync(new EventPosition(ledger.Now, After: "evt_1"));
            Assert.Equal("evt_1", (await cursor.FindAsync())!.After);
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_fulfilment_is_found_and_completed_by_key(int others)
    {
        await FillAsync(others);
        var order = (await ledger.PlaceAsync()).Order;
        await ledger.Payments.RecordAsync(
            order.Id, new IntentSnapshot(PaymentIntentId.Parse("pi_1"), PaymentState.Paid, order.Amount, order.Id, null, null, null), PaymentActor.Webhook);
        var fulfilments = new Fulfilments(ledger, ledger.Clock);

        await plans.AssertByKeyAsync(async () =>
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
        var inbox = new WebhookInbox(ledger, ledger.Clock, ledger.Signal);
        await inbox.StoreAsync(new WebhookEvent("evt_1", "payment_intent.succeeded", IsLive: false, "pi_1", PaymentIntentId.Parse("pi_1")));
        var queue = ledger.Queue();
        await queue.CompleteAsync(Assert.Single(await queue.ClaimAsync(4)), new WorkResult.Done());
        ledger.Clock.Advance(TimeSpan.FromDays(36));

        await plans.AssertByKeyAsync(async () => Assert.True(await queue.DeleteDoneAsync() > 0));

        Assert.Null(await inbox.FindAsync("evt_1"));
    }

    [Fact]
    public async Task A_query_that_reads_a_whole_table_is_noticed()
    {
        await FillAsync(10);

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => plans.AssertByKeyAsync(() => ledger.ReadAsync(context => Task.FromResult(context.Orders.Count(order => order.ProductId == "kettle")))));
    }

    private async Task FillAsync(int others)
    {
        if (others == 0)
            return;
        await using var context = ledger.CreateDbContext();
        await LargeLedger.FillAsync(context, others);
    }
}
