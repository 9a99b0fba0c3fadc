using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Ledger;

/// <summary>What waits for the disk: each step of a payment, and with it the order, which alone does not.</summary>
public sealed class PlacementSyncTests : IDbContextFactory<LedgerContext>, IDisposable
{
    // https://sqlite.org/pragma.html#pragma_synchronous
    private const long Normal = 1;
    private const long Full = 2;

    private readonly string _file = LedgerFile.NewName();
    private readonly Inserts _inserts = new();
    private readonly DbContextOptions<LedgerContext> _options;
    private readonly OrderBook _orders;

    public PlacementSyncTests()
    {
        LedgerFile.Create(_file);
        _options = (DbContextOptions<LedgerContext>)new DbContextOptionsBuilder<LedgerContext>()
            .UseLedger($"Data Source={_file}").AddInterceptors(_inserts).Options;
        _orders = new OrderBook(this, TestClock.Create(), Options.Create(new PaymentsOptions()));
    }

    LedgerContext IDbContextFactory<LedgerContext>.CreateDbContext() => Open();

    public void Dispose()
    {
        using (var context = Open())
            SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        LedgerFile.Delete(_file);
    }

    [Fact]
    public async Task Placing_an_order_does_not_wait_for_the_disk_and_what_comes_after_it_does()
    {
        Assert.Equal(Full, await ModeAsync());

        await _orders.PlaceAsync(TestLedger.Kettle);

        Assert.NotEmpty(_inserts.Modes);
        Assert.All(_inserts.Modes, mode => Assert.Equal(Normal, mode));
        Assert.Equal(Full, await ModeAsync());
    }

    [Fact]
    public async Task A_placement_that_fails_leaves_no_connection_behind_that_does_not_wait()
    {
        var purchase = PurchaseToken.New();
        var first = await _orders.PlaceAsync(TestLedger.Kettle, purchase);
        _inserts.Modes.Clear();

        var second = await _orders.PlaceAsync(TestLedger.Kettle, purchase);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal([Normal], _inserts.Modes);
        Assert.Equal(Full, await ModeAsync());
    }

    [Fact]
    public async Task The_log_is_copied_into_the_file_every_sixteen_megabytes()
    {
        await using var context = Open();
        await context.Database.OpenConnectionAsync();
        await using var question = context.Database.GetDbConnection().CreateCommand();
        question.CommandText = "PRAGMA wal_autocheckpoint";

        Assert.Equal(4_000L, await question.ExecuteScalarAsync());
    }

    private LedgerContext Open() => new(_options);

    /// <summary>How much the connection that the pool gives next waits for the disk.</summary>
    private async Task<long> ModeAsync()
    {
        await using var context = Open();
        await context.Database.OpenConnectionAsync();
        return ModeOf(context.Database.GetDbConnection(), transaction: null);
    }

    private static long ModeOf(DbConnection connection, DbTransaction? transaction)
    {
        using var question = connection.CreateCommand();
        question.Transaction = transaction;
        question.CommandText = "PRAGMA synchronous";
        return (long)question.ExecuteScalar()!;
    }

    /// <summary>How much each insertion waits for the disk.</summary>
    private sealed class Inserts : DbCommandInterceptor
    {
        public List<long> Modes { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("INSERT", StringComparison.Ordinal))
                Modes.Add(ModeOf(command.Connection!, command.Transaction));
            return new(result);
        }
    }
}
