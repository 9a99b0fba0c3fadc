using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PaymentApp.Ledger.Postgres;

/// <summary>Migrates a PostgreSQL ledger, one process at a time.</summary>
internal static class PostgresMigration
{
    // Arbitrary, and this app's own: https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS.
    private const long LockKey = 0x5061796D_4D696772;

    private static readonly TimeSpan LongestStatement = TimeSpan.FromMinutes(30);

    /// <summary>Makes the database where there is none, then waits until no other process migrates it, and migrates.</summary>
    public static async Task RunAsync(LedgerContext context, CancellationToken cancellationToken)
    {
        await CreateIfMissingAsync(context, cancellationToken);
        var before = context.Database.GetCommandTimeout();
        context.Database.SetCommandTimeout(LongestStatement);
        // The lock is the connection's: the server takes it back from a process that is killed.
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({LockKey})", cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
            context.Database.SetCommandTimeout(before);
        }
    }

    private static async Task CreateIfMissingAsync(LedgerContext context, CancellationToken cancellationToken)
    {
        var creator = (IRelationalDatabaseCreator)context.GetService<IDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
            return;
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process made it in between.
        }
    }
}
