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

    /// <summary>Stands the ledger on a SQLite file.</summary>
    public static DbContextOptionsBuilder UseLedger(this DbContextOptionsBuilder options, string connection) =>
        options.UseSqlite(connection).ReplaceService<IModificationCommandBatchFactory, BatchedCommands>();

    public static async Task BringUpToDateAsync(LedgerContext context, CancellationToken cancellationToken = default)
    {
        await using var turn = await MigrationTurn.TakeAsync(context, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        // EF Core sees to it only in files that it makes itself: readers and the writer must not wait for each other.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = wal", cancellationToken);
    }

    public static bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey };
}
