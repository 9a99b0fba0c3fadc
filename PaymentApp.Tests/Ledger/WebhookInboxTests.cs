using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Ledger;

public sealed class WebhookInboxTests : IDisposable
{
    private readonly Saves _saves = new();
    private readonly TestLedger _ledger;
    private readonly WebhookInbox _inbox;

    public WebhookInboxTests()
    {
        _ledger = new TestLedger(_saves);
        _inbox = new WebhookInbox(_ledger, _ledger.Clock, _ledger.Signal);
    }

    public void Dispose() => _ledger.Dispose();

    /// <summary>Of a shop that was away for weeks there are thousands, and each transaction waits for the disk.</summary>
    [Fact]
    public async Task A_page_of_events_is_kept_by_one_transaction_and_processed_in_its_order()
    {
        var page = Enumerable.Range(1, 100).Select(Event).ToList();

        Assert.Equal(100, await _inbox.StoreMissingAsync(page));

        Assert.Equal(1, _saves.Count);
        await MustHoldAsync(page);
        var (queue, claimed) = (_ledger.Queue(), new List<WorkItem>());
        while (claimed.Count < page.Count)
            claimed.AddRange(await queue.ClaimAsync(4));
        Assert.Equal(page.Select(happened => happened.Id), claimed.Select(item => item.Subject));
    }

    [Fact]
    public async Task Known_events_are_not_kept_again()
    {
        var page = Enumerable.Range(1, 5).Select(Event).ToList();
        await _inbox.StoreAsync(page[1]);
        await _inbox.StoreAsync(page[3]);

        Assert.Equal(3, await _inbox.StoreMissingAsync(page));
        Assert.Equal(0, await _inbox.StoreMissingAsync(page));
        Assert.Equal(0, await _inbox.StoreMissingAsync([]));

        await MustHoldAsync(page);
    }

    [Fact]
    public async Task An_event_that_a_webhook_brings_meanwhile_keeps_the_others_from_nothing()
    {
        var page = Enumerable.Range(1, 5).Select(Event).ToList();
        _saves.BeforeNext = () => new WebhookInbox(_ledger, _ledger.Clock, _ledger.Signal).StoreAsync(page[2]);

        Assert.Equal(4, await _inbox.StoreMissingAsync(page));

        await MustHoldAsync(page);
    }

    private static WebhookEvent Event(int number) =>
        new($"evt_{number}", "payment_intent.succeeded", IsLive: false, "pi_1", PaymentIntentId.Parse("pi_1"));

    private async Task MustHoldAsync(IEnumerable<WebhookEvent> events)
    {
        var ids = events.Select(happened => happened.Id).Order(StringComparer.Ordinal).ToList();
        var kept = await _ledger.ReadAsync(context => context.Inbox.Select(row => row.EventId).ToListAsync());
        var planned = await _ledger.ReadAsync(context => context.Work.Where(row => row.Kind == WorkKind.Event).Select(row => row.Subject).ToListAsync());
        Assert.Equal(ids, kept.Order(StringComparer.Ordinal));
        Assert.Equal(ids, planned.Order(StringComparer.Ordinal));
    }

    private sealed class Saves : SaveChangesInterceptor
    {
        public int Count { get; private set; }

        public Func<Task>? BeforeNext { get; set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Count++;
            if (BeforeNext is { } happens)
            {
                BeforeNext = null;
                await happens();
            }

            return result;
        }
    }
}
