using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Ledger;

/// <summary>Writers of one process at a SQLite file: one after the other, none of them polling, and none keeping its turn.</summary>
public sealed class WriterTurnsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _file = LedgerFile.NewName();
    private readonly DbContextOptions<LedgerContext> _options;

    public WriterTurnsTests()
    {
        LedgerFile.Create(_file);
        // Who waits for a turn that is never given back waits for ever.
        _options = new DbContextOptionsBuilder<LedgerContext>().UseSqlite($"Data Source={_file}")
            .AddInterceptors(new WriterTurns(Timeout.InfiniteTimeSpan)).Options;
    }

    public static TheoryData<string> Endings => ["committed", "rolled back", "disposed", "saved", "not saved", "updated", "not updated", "canceled"];

    public void Dispose()
    {
        using (var context = Open())
            SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        LedgerFile.Delete(_file);
    }

    [Fact]
    public async Task Who_comes_while_another_writes_waits_off_the_thread_and_writes_in_the_order_of_coming()
    {
        await using var first = Open();
        await using var writing = await first.Database.BeginTransactionAsync();
        List<int> written = [];

        var waiting = Enumerable.Range(1, 5).Select(async number =>
        {
            await using var context = Open();
            await using var transaction = await context.Database.BeginTransactionAsync();
            written.Add(number);
            await transaction.CommitAsync();
        }).ToList();
        Assert.All(waiting, writer => Assert.False(writer.IsCompleted));
        Assert.Empty(written);

        await writing.CommitAsync();
        await Task.WhenAll(waiting).WaitAsync(Patience);
        Assert.Equal([1, 2, 3, 4, 5], written);
    }

    [Fact]
    public async Task Who_reads_waits_for_no_writer()
    {
        await using var first = Open();
        await using var writing = await first.Database.BeginTransactionAsync();

        await using var context = Open();
        Assert.False(await context.Orders.AnyAsync().WaitAsync(Patience));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task However_a_write_ends_the_next_one_has_its_turn(string ending)
    {
        await using (var context = Open())
            await WriteAsync(context, ending);

        await using var next = Open();
        await using var transaction = await next.Database.BeginTransactionAsync().WaitAsync(Patience);
    }

    private async Task WriteAsync(LedgerContext context, string ending)
    {
        switch (ending)
        {
            case "committed" or "rolled back" or "disposed":
                await using (var transaction = await context.Database.BeginTransactionAsync())
                {
                    if (ending is "committed")
                        await transaction.CommitAsync();
                    else if (ending is "rolled back")
                        await transaction.RollbackAsync();
                }

                break;
            case "saved" or "not saved":
                context.Add(new EventCursorRow { Since = TestClock.Start.UtcDateTime });
                await context.SaveChangesAsync();
                if (ending is "saved")
                    break;
                await using (var second = Open())
                {
                    second.Add(new EventCursorRow { Since = TestClock.Start.UtcDateTime });
                    await Assert.ThrowsAsync<DbUpdateException>(() => second.SaveChangesAsync());
                }

                break;
            case "updated":
                await context.Fulfilments.ExecuteUpdateAsync(set => set.SetProperty(row => row.FulfilledAt, TestClock.Start.UtcDateTime));
                break;
            case "not updated":
                context.Add(new EventCursorRow { Since = TestClock.Start.UtcDateTime });
                await context.SaveChangesAsync();
                // SQLite finds out when it comes to the row.
                await Assert.ThrowsAsync<SqliteException>(() => context.Set<EventCursorRow>().Where(row => EF.Functions.Like((string)(object)row.Id, "a", "too long"))
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Since, TestClock.Start.UtcDateTime)));
                break;
            case "canceled":
                await using (var writing = await context.Database.BeginTransactionAsync())
                {
                    using var stop = new CancellationTokenSource();
                    await using var other = Open();
                    var waiting = other.Database.BeginTransactionAsync(stop.Token);
                    await stop.CancelAsync();
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
                    await writing.CommitAsync();
                }

                break;
        }
    }

    private LedgerContext Open() => new(_options);
}
