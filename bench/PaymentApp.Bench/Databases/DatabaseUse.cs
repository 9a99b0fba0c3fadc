using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;

namespace PaymentApp.Bench.Databases;

/// <summary>What a database has done, as far as it is known; null where it is not.</summary>
/// <param name="Synced">How often a file was synchronized to the disk.</param>
/// <param name="Written">Bytes: of all files of SQLite's, of the log of PostgreSQL.</param>
/// <param name="Processor">In processes of its own.</param>
internal sealed record DatabaseUse(long? Synced, long? Written, TimeSpan? Processor)
{
    private const string IdleOthers =
        """
        SELECT count(*) AS "Value" FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = current_setting('application_name') AND pid <> pg_backend_pid() AND state = 'idle'
        """;

    public static readonly DatabaseUse Nothing = new(0, 0, TimeSpan.Zero);

    public static DatabaseUse operator +(DatabaseUse one, DatabaseUse other) =>
        new(one.Synced + other.Synced, one.Written + other.Written, one.Processor + other.Processor);

    /// <summary>What was asked of the disk until now.</summary>
    public static async Task<(long? Synced, long? Written)> OfDiskAsync(IDbContextFactory<LedgerContext> ledger)
    {
        await using var context = await ledger.CreateDbContextAsync();
        if (!context.Database.IsNpgsql())
            return (FileCounter.Synced, FileCounter.Written);

        var version = await ReadAsync("current_setting('server_version_num')::bigint");
        var syncs = version switch
        {
            >= 180_000 => "(SELECT sum(fsyncs)::bigint FROM pg_stat_io WHERE object = 'wal' AND context = 'normal')",
            >= 150_000 => "(SELECT wal_sync FROM pg_stat_wal)",
            // Older ones tell of it late.
            _ => null,
        };
        if (syncs is not null)
            await TellAsync(ledger);
        return (syncs is null ? null : await ReadAsync(syncs), await ReadAsync("(pg_current_wal_insert_lsn() - '0/0')::bigint"));

#pragma warning disable EF1002 // Expressions of this method.
        Task<long> ReadAsync(string expression) => context.Database.SqlQueryRaw<long>($"SELECT {expression} AS \"Value\"").SingleAsync();
#pragma warning restore EF1002
    }

    /// <summary>Has the server's process of each connection of the shop's tell now what it has counted: left alone it may take ten seconds.</summary>
    private static async Task TellAsync(IDbContextFactory<LedgerContext> ledger)
    {
        var open = new List<LedgerContext>();
        try
        {
            // Idle connections are used before a new one is opened. The one that listens has another name.
            for (var count = 1L; open.Count < count;)
            {
                var context = await ledger.CreateDbContextAsync();
                open.Add(context);
                await context.Database.OpenConnectionAsync();
                await context.Database.ExecuteSqlRawAsync("SELECT pg_stat_force_next_flush()");
                if (open.Count == 1)
                    count += await context.Database.SqlQueryRaw<long>(IdleOthers).SingleAsync();
            }
        }
        finally
        {
            foreach (var context in open)
            {
                // A pooled context keeps what it was told to open.
                await context.Database.CloseConnectionAsync();
                await context.DisposeAsync();
            }
        }
    }
}
