using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;

namespace PaymentApp.Tests.Ledger;

public sealed class MigrationTurnTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("payment-app-").FullName;

    private string Connection => $"Data Source={Path.Combine(_folder, "payments.db")};Pooling=False";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_start_that_was_killed_while_it_migrated_does_not_hold_up_the_next_one()
    {
        await using var context = Open();
        await LedgerDatabase.BringUpToDateAsync(context);
        await context.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-09-01 12:00:00+00:00')");

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await LedgerDatabase.BringUpToDateAsync(context, patience.Token);

        Assert.Empty(await context.Orders.ToListAsync());
    }

    [Fact]
    public async Task Starts_at_the_same_time_migrate_one_after_another()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var context = Open();
            await LedgerDatabase.BringUpToDateAsync(context);
        }));

        await using var after = Open();
        Assert.Empty(await after.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task A_ledger_in_memory_needs_no_turn()
    {
        await using var context = new LedgerContext(
            new DbContextOptionsBuilder<LedgerContext>().UseSqlite(new SqliteConnection("Data Source=:memory:")).Options);
        Assert.Null(await MigrationTurn.TakeAsync(context));
    }

    private LedgerContext Open() => new(new DbContextOptionsBuilder<LedgerContext>().UseSqlite(Connection).Options);
}
