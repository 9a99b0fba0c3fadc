using Microsoft.Extensions.Options;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Webhooks;

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
        var queue = new LookQueue(ledger, ledger.Clock, Options.Create(new PaymentsOptions()));
        var purchase = PurchaseToken.New();

        await plans.AssertByKeyAsync(async () =>
        {
            await ledger.Payments.FindVersionAsync(step.Order);
            await queue.AskAsync(step.Order);
            var order = await ledger.Orders.PlaceAsync(TestLedger.Kettle, purchase);
            Assert.Equal(order.Id, (await ledger.Orders.PlaceAsync(TestLedger.Kettle, purchase)).Id);
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Due_payments_are_found_among_those_that_have_a_next_look(int others)
    {
        await FillAsync(others);
        var step = await ledger.BeginAttemptAsync(await ledger.PlaceAsync());
        ledger.Clock.Advance(TimeSpan.FromDays(1));
        var queue = new LookQueue(ledger, ledger.Clock, Options.Create(new PaymentsOptions()));

        await plans.AssertByKeyAsync(async () => Assert.Equal([step.Order], await queue.ClaimDueAsync(25)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Waiting_events_are_found_among_those_that_wait(int others)
    {
        await FillAsync(others);
        var inbox = new WebhookInbox(ledger, ledger.Clock);

        await plans.AssertByKeyAsync(async () =>
        {
            await inbox.StoreAsync(new WebhookEvent("evt_1", "payment_intent.succeeded", IsLive: false, "pi_1", PaymentIntentId.Parse("pi_1")));
            await inbox.NextDueAsync();
            var claimed = (await inbox.ClaimAsync())!;
            await inbox.EndAsync(claimed, new WebhookResult.Poison("No such PaymentIntent."));
            Assert.Contains("evt_1", (await inbox.ParkedAsync()).Select(parked => parked.EventId));
            Assert.True(await inbox.ReplayAsync("evt_1"));
        });
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
