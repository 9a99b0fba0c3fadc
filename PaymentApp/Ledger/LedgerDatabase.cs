using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;
using PaymentApp.Ledger.Postgres;

namespace PaymentApp.Ledger;

/// <summary>Chooses the database by its connection string, brings it up to date, and tells its errors apart.</summary>
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

    /// <summary>Uses PostgreSQL where the connection string is one of PostgreSQL's, else a SQLite file.</summary>
    public static DbContextOptionsBuilder UseLedger(this DbContextOptionsBuilder options, string connection) =>
        PostgresConnection.IsUsedBy(connection)
            ? options.UseNpgsql(PostgresConnection.Normalize(connection), PostgresConnection.RetryLostConnections).AddInterceptors(new UncachedCommands())
            : options.UseSqlite(WithBoundedWaits(connection)).ReplaceService<IModificationCommandBatchFactory, BatchedCommands>()
                .AddInterceptors(new WriterTurns(TimeSpan.FromSeconds(LongestWaitInSeconds)), new RareCheckpoints());

    /// <summary>Creates the context of the database that the options name: each database has migrations of its own.</summary>
    public static LedgerContext CreateContext(DbContextOptions<LedgerContext> options) =>
        PostgresConnection.IsUsedBy(options) ? new PostgresLedgerContext(options) : new LedgerContext(options);

    public static Task BringUpToDateAsync(LedgerContext context, CancellationToken cancellationToken = default) =>
        context.Database.IsNpgsql() ? PostgresMigration.RunAsync(context, cancellationToken) : MigrateSqliteAsync(context, cancellationToken);

    /// <summary>The connection string with a bound on how long a command waits for another writer, where it gives none.</summary>
    public static string WithBoundedWaits(string connection)
    {
        var builder = new SqliteConnectionStringBuilder(connection);
        if (!builder.ShouldSerialize("Default Timeout"))
            builder.DefaultTimeout = LongestWaitInSeconds;
        return builder.ToString();
    }

    /// <summary>Whether a command gave up because others used the database all the time, or because it is away for a moment.</summary>
    public static bool IsBusy(Exception exception) => Causes(exception).Any(cause => cause switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked,
        NpgsqlException postgres => postgres.IsTransient,
        _ => false,
    });

    public static bool IsUniqueViolation(DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        _ => false,
    };

    /// <summary>Whether a change was given up for that of another writer, and can be made again on what there is now.</summary>
    public static bool IsLostRace(Exception exception) => Causes(exception).Any(cause => cause switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException update => IsUniqueViolation(update),
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        _ => false,
    });

    /// <summary>
    /// Saves without waiting for the disk what is worth nothing until something else is saved after it: SQLite's next
    /// commit that waits syncs all before it, too. A power failure in between takes this back, and a crash of the process
    /// does not. https://sqlite.org/pragma.html#pragma_synchronous. PostgreSQL waits as ever.
    /// </summary>
    public static async Task SaveWithoutSyncAsync(LedgerContext context, CancellationToken cancellationToken = default)
    {
        if (context.Database.GetDbConnection() is not SqliteConnection connection)
        {
            await context.SaveChangesAsync(cancellationToken);
            return;
        }

        await context.Database.OpenConnectionAsync(cancellationToken);
        var mode = Ask(connection, "PRAGMA synchronous");
        try
        {
            Ask(connection, "PRAGMA synchronous = normal");
            await context.SaveChangesAsync(cancellationToken);
        }
        finally
        {
            TakeBack(connection, mode);
            await context.Database.CloseConnectionAsync();
        }
    }

    // Whoever gets the connection from the pool next may be about to write the key of a payment.
    private static void TakeBack(SqliteConnection connection, object? mode)
    {
        try
        {
            Ask(connection, $"PRAGMA synchronous = {mode}");
        }
        catch (SqliteException)
        {
            SqliteConnection.ClearPool(connection);
            throw;
        }
    }

    private static object? Ask(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    private static async Task MigrateSqliteAsync(LedgerContext context, CancellationToken cancellationToken)
    {
        await using var turn = await MigrationTurn.TakeAsync(context, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        // EF Core sees to it only in files that it makes itself: readers and the writer must not wait for each other.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = wal", cancellationToken);
    }

    // EF Core wraps what its execution strategies give up on.
    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
