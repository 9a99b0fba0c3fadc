using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Tests.Infrastructure.Postgres;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Ledger.Postgres;

/// <summary>Several nodes do the work of one ledger, and none of them leads.</summary>
public sealed class PostgresWorkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [PostgresFact]
    public async Task Of_many_workers_at_once_one_gets_each_item()
    {
        const int Items = 60;
        using var ledger = new TestLedger(isPostgres: true);
        for (var item = 0; item < Items; item++)
            await ledger.Queue().ScheduleAsync(WorkKind.Receipt, $"{item}", ledger.Now);
        var claimed = new ConcurrentBag<WorkItem>();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            var queue = ledger.Queue();
            while (await queue.ClaimAsync(4) is { Count: > 0 } items)
            {
                foreach (var item in items)
                    claimed.Add(item);
            }
        }));

        Assert.Equal(Items, claimed.Count);
        Assert.Equal(Items, claimed.Select(item => item.Subject).Distinct().Count());
        Assert.Equal(Items, claimed.Select(item => item.ClaimId).Distinct().Count());
    }

    [PostgresFact]
    public async Task What_waits_longest_is_claimed_first()
    {
        using var ledger = new TestLedger(isPostgres: true);
        foreach (var minutes in new[] { 2, 5, 1, 4, 3 })
            await ledger.Queue().ScheduleAsync(WorkKind.Receipt, $"{minutes}", ledger.Now.AddMinutes(-minutes));
        await ledger.Queue().ScheduleAsync(WorkKind.Receipt, "later", ledger.Now.AddMinutes(1));

        var first = await ledger.Queue().ClaimAsync(3);
        var second = await ledger.Queue().ClaimAsync(3);

        Assert.Equal(["5", "4", "3"], first.Select(item => item.Subject));
        Assert.Equal(["2", "1"], second.Select(item => item.Subject));
    }

    [PostgresFact]
    public async Task A_worker_passes_over_what_another_claims_at_that_moment_and_does_not_wait()
    {
        using var ledger = new TestLedger(isPostgres: true);
        await ledger.Queue().ScheduleAsync(WorkKind.Receipt, "first", ledger.Now.AddMinutes(-1));
        await ledger.Queue().ScheduleAsync(WorkKind.Receipt, "second", ledger.Now);
        await using var other = ledger.CreateDbContext();
        await using var locked = await other.Database.CreateExecutionStrategy().ExecuteAsync(() => other.Database.BeginTransactionAsync());
        await other.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Work" WHERE "Subject" = 'first' FOR UPDATE""");
        using var patience = new CancellationTokenSource(Patience);

        var claimed = await ledger.Queue().ClaimAsync(4, patience.Token);

        Assert.Equal("second", Assert.Single(claimed).Subject);
    }

    [PostgresFact]
    public async Task What_a_dead_node_had_claimed_another_one_gets_after_the_lease_and_the_dead_one_changes_nothing_any_more()
    {
        using var ledger = new TestLedger(isPostgres: true);
        await ledger.Queue().ScheduleAsync(WorkKind.Receipt, "order", ledger.Now);
        var scheduled = ledger.Now;
        var dead = Assert.Single(await ledger.Queue().ClaimAsync(4));
        Assert.Empty(await ledger.Queue().ClaimAsync(4));

        ledger.Clock.Advance(WorkQueue.Lease);
        var alive = Assert.Single(await ledger.Queue().ClaimAsync(4));

        Assert.Equal((dead.Id, 2), (alive.Id, alive.Tries));
        Assert.NotEqual(dead.ClaimId, alive.ClaimId);
        Assert.Equal(scheduled, await ledger.ReadAsync(context => context.Work.Select(row => row.FailingSince).SingleAsync()));
        Assert.False(await ledger.Queue().CompleteAsync(dead, new WorkResult.Done()));
        Assert.True(await ledger.Queue().CompleteAsync(alive, new WorkResult.Done()));
    }

    [PostgresFact]
    public async Task What_takes_each_node_with_it_is_parked_in_the_end()
    {
        using var ledger = new TestLedger(isPostgres: true);
        await ledger.Queue().ScheduleAsync(WorkKind.Receipt, "poison", ledger.Now);
        for (var deaths = 0; deaths < 8; deaths++)
        {
            Assert.Single(await ledger.Queue().ClaimAsync(4));
            ledger.Clock.Advance(TimeSpan.FromHours(12));
        }

        Assert.Empty(await ledger.Queue().ClaimAsync(4));

        Assert.Equal("poison", Assert.Single(await ledger.Queue().ParkedAsync(most: 10)).Subject);
    }

    [PostgresFact]
    public async Task Two_nodes_do_the_work_of_one_ledger_once()
    {
        await using var nodes = await TwoNodes.OpenAsync();
        for (var orders = 0; orders < 5; orders++)
            await nodes.First.OrderTriedWithAsync(Infrastructure.ManualShop.GoodCard);

        var done = await Task.WhenAll(nodes.First.RunDueAsync(), nodes.Second.RunDueAsync());

        var fulfilled = done.SelectMany(items => items).Where(item => item.Kind is WorkKind.Fulfilment).Select(item => item.Subject).ToList();
        Assert.Equal(5, fulfilled.Count);
        Assert.Equal(5, fulfilled.Distinct().Count());
        Assert.Equal(5, await nodes.Second.ReadAsync(context => context.Fulfilments.CountAsync(row => row.FulfilledAt != null)));
    }

    [PostgresFact]
    public async Task Events_are_read_by_one_node_at_a_time_and_a_node_that_dies_gives_its_turn_back()
    {
        using var ledger = new TestLedger(isPostgres: true);
        var (dying, other) = (new EventCursor(ledger), new EventCursor(ledger));
        var turn = await dying.TryTakeTurnAsync();
        Assert.NotNull(turn);

        Assert.Null(await other.TryTakeTurnAsync());
        await turn.DisposeAsync();
        await using (var next = await other.TryTakeTurnAsync())
            Assert.NotNull(next);

        Assert.NotNull(await dying.TryTakeTurnAsync());
        ledger.EndConnections();
        await using var afterDeath = await other.TryTakeTurnAsync();
        Assert.NotNull(afterDeath);
    }

    [PostgresFact]
    public async Task A_node_that_finds_another_one_reading_comes_back_and_asks_Stripe_nothing()
    {
        await using var nodes = await TwoNodes.OpenAsync();
        await using (await Turn(nodes.First))
        {
            await nodes.Second.CatchUpAsync();
            Assert.Null(await nodes.Second.ReadAsync(context => context.EventCursor.SingleOrDefaultAsync()));
            var item = await nodes.Second.WorkAsync(WorkKind.CatchUp, EventCatchUp.Subject);
            Assert.Equal((WorkStatus.Waiting, nodes.Second.Now.AddSeconds(10), null), (item!.Status, item.DueAt, item.FailingSince));
        }

        nodes.Second.Clock.Advance(TimeSpan.FromSeconds(10));
        await nodes.Second.RunDueAsync();

        Assert.NotNull(await nodes.Second.ReadAsync(context => context.EventCursor.SingleOrDefaultAsync()));

        static async Task<IAsyncDisposable> Turn(Infrastructure.ManualShop node)
        {
            var cursor = (IEventCursor)node.Services.GetService(typeof(IEventCursor))!;
            return await cursor.TryTakeTurnAsync() ?? throw new InvalidOperationException("Somebody else reads.");
        }
    }
}
