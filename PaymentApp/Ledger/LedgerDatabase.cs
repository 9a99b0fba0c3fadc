using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Update;

namespace PaymentApp.Ledger;

/// <summary>Brings the database up to date and knows its dialect.</summary>
internal static class LedgerDatabase
{
    // https://sqlite.org/rescode.html#constraint_unique and #constraint_primarykey
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;

    // https://sqlite.org/rescode.html#busy and #locked
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    // A shopper waits no longer; and no write of the shop's own takes that long.
    private const int LongestWaitInSeconds = 3;

    /// <summary>Stands the ledger on a SQLite file.</summary>
    public static DbContextOptionsBuilder UseLedger(this DbContextOptionsBuilder options, string connection) =>
        options.UseSqlite(WithBoundedWaits(connection)).ReplaceService<IModificationCommandBatchFactory, BatchedCommands>();

    public static async Task BringUpToDateAsync(LedgerContext context, CancellationToken cancellationToken = default)
    {
        await using var turn = await MigrationTurn.TakeAsync(context, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        // EF Core sees to it only in files that it makes itself: readers and the writer must not wait for each other.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = wal", cancellationToken);
    }

    /// <summary>The connection string with a bound on how long a command waits for another writer, where it gives none.</summary>
    public static string WithBoundedWaits(string connection)
    {
        var builder = new SqliteConnectionStringBuilder(connection);
        if (!builder.ShouldSerialize("Default Timeout"))
            builder.DefaultTimeout = LongestWaitInSeconds;
        return builder.ToString();
    }

    /// <summary>Whether a command gave up because another connection was writing all the time.</summary>
    public static bool IsBusy(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException as SqliteException) is { SqliteErrorCode: SqliteBusy or SqliteLocked };

    public static bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey };
}
