using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Tests.Ledger;
using PaymentApp.Work;

namespace PaymentApp.Tests.Work;

/// <summary>On SQLite a worker reads what is due before it claims it, and others may come between. PostgreSQL claims in one statement.</summary>
public sealed class SqliteClaimTests : IDisposable
{
    private readonly BetweenReads _between = new();
    private readonly TestLedger _ledger;
    private readonly WorkQueue _queue;

    public SqliteClaimTests()
    {
        _ledger = new TestLedger(isPostgres: false, _between);
        _queue = _ledger.Queue();
    }

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Of_two_workers_that_read_the_same_item_one_gets_it()
    {
        await _queue.ScheduleAsync(WorkKind.CatchUp, "one", _ledger.Now);
        IReadOnlyList<WorkItem> others = [];
        _between.Next = async () => others = await _ledger.Queue().ClaimAsync(4);

        Assert.Empty(await _queue.ClaimAsync(4));

        Assert.Equal((1, 1), (others.Count, await TriesAsync()));
    }

    [Fact]
    public async Task A_worker_that_read_an_item_before_another_one_failed_at_it_does_not_get_it()
    {
        await _queue.ScheduleAsync(WorkKind.CatchUp, "one", _ledger.Now);
        _between.Next = async () =>
        {
            var other = _ledger.Queue();
            Assert.True(await other.CompleteAsync(Assert.Single(await other.ClaimAsync(1)), new WorkResult.Retry("Not yet.")));
        };

        Assert.Empty(await _queue.ClaimAsync(4));

        Assert.Equal(1, await TriesAsync());
    }

    private Task<int> TriesAsync() => _ledger.ReadAsync(context => context.Work.Select(row => row.Tries).SingleAsync());
}
