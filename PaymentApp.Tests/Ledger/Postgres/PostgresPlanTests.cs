using PaymentApp.Desk.Queries;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure.Postgres;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Ledger.Postgres;

/// <summary>
/// The most frequent queries of the ledger go by an index on PostgreSQL too (invariant 12). All of them do where the whole
/// suite is run on it.
/// </summary>
public sealed class PostgresPlanTests
{
    private const int Many = 5_000;

    [PostgresFact]
    public async Task A_payment_goes_by_key_from_the_order_to_its_last_event()
    {
        var plans = new QueryPlans();
        using var ledger = await FilledAsync(plans);
        var queue = ledger.Queue();
        var inbox = new WebhookInbox(ledger, ledger.Clock, ledger.Signal);

        await plans.AssertByKeyAsync(async () =>
        {
            var payment = await ledger.PlaceAsync();
            var step = await ledger.BeginAttemptAsync(payment);
            var order = payment.Order;
            await ledger.Payments.FindVersionAsync(order.Id);
            await ledger.Payments.RecordAsync(
                order.Id, new IntentSnapshot(PaymentIntentId.Parse("pi_1"), PaymentState.Paid, order.Amount, order.Id, null, null, null), step);
            Assert.True(await inbox.StoreAsync(new WebhookEvent("evt_1", "payment_intent.succeeded", IsLive: false, "pi_1", PaymentIntentId.Parse("pi_1"))));
            Assert.NotNull(await inbox.FindAsync("evt_1"));
            Assert.NotNull(await new EventCursor(ledger).FindFirstOrderAsync());
            var claimed = await queue.ClaimAsync(4);
            Assert.Equal([WorkKind.Event, WorkKind.Fulfilment], claimed.Select(item => item.Kind).Order());
            foreach (var item in claimed)
                Assert.True(await queue.CompleteAsync(item, new WorkResult.Done()));
            Assert.True(await new Fulfilments(ledger, ledger.Clock).CompleteAsync(order.Id));
            await queue.NextDueAsync();
            ledger.Clock.Advance(TimeSpan.FromDays(36));
            Assert.True(await queue.DeleteDoneAsync() > 0);
        });
    }

    [PostgresFact]
    public async Task The_desk_lists_sums_and_finds_by_an_index()
    {
        var plans = new QueryPlans();
        using var ledger = await FilledAsync(plans);
        var desk = new DeskLedger(ledger, new DeskWork(ledger.Queue()), ledger.Clock);
        var filter = PaymentFilter.Read("2026-01-01", "2026-01-04", "Paid", "insufficient_funds", "usd", "4242", null, new DateOnly(2026, 1, 4));

        await plans.AssertByKeyAsync(async () =>
        {
            Assert.NotEmpty((await desk.ListAsync(PaymentFilter.Read("2026-01-01", "2026-01-04", null, null, null, null, null, new DateOnly(2026, 1, 4)), after: null, 20)).Lines);
            await desk.ListAsync(filter, after: null, 20);
            await desk.TotalAsync(filter);
            await desk.FindOrderAsync("pi_1");
            await desk.AttentionAsync(100);
            await desk.CountAttemptsAsync(new DayRange(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 4)));
        });
    }

    [PostgresFact]
    public async Task A_query_that_reads_a_whole_table_is_noticed()
    {
        var plans = new QueryPlans();
        using var ledger = await FilledAsync(plans);

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => plans.AssertByKeyAsync(
            () => ledger.ReadAsync(context => Task.FromResult(context.Orders.Count(order => order.ProductName == "Kettle")))));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => plans.AssertByKeyAsync(
            () => ledger.ReadAsync(context => Task.FromResult(context.Payments.OrderBy(payment => payment.PlacedKey).Select(payment => payment.PlacedKey).ToList()))));
    }

    private static async Task<TestLedger> FilledAsync(QueryPlans plans)
    {
        var ledger = new TestLedger(isPostgres: true, plans);
        await using var context = ledger.CreateDbContext();
        await LargeLedger.FillAsync(context, Many);
        return ledger;
    }
}
