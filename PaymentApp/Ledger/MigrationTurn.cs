using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PaymentApp.Ledger;

/// <summary>
/// Lets one process at a time bring a ledger file up to date. EF Core marks its turn by a row, and a process that is
/// killed in its turn leaves the row behind: every later start would wait for the dead
/// (https://learn.microsoft.com/ef/core/providers/sqlite/limitations#concurrent-migrations-protection). The system
/// takes the lock on this file back by itself, so whoever holds it knows that such a row is nobody's.
/// </summary>
internal static class MigrationTurn
{
    private const string NoFile = ":memory:";
    private const int MostTries = 600;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the turn, which lasts until the result is disposed; null where the ledger is not a file.</summary>
    /// <exception cref="IOException">The turn did not come within a minute, or the folder cannot be written.</exception>
    public static async Task<IAsyncDisposable?> TakeAsync(LedgerContext context, CancellationToken cancellationToken = default)
    {
        var ledger = new SqliteConnectionStringBuilder(context.Database.GetConnectionString());
        if (ledger is { DataSource: "" or NoFile } or { Mode: SqliteOpenMode.Memory })
            return null;

        var file = await LockAsync(ledger.DataSource + "-migration", cancellationToken);
        await RemoveClosedConnectionsAsync(context, cancellationToken);
        return file;
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken is not (DirectoryNotFoundException or PathTooLongException) && tries < MostTries)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static async Task RemoveClosedConnectionsAsync(LedgerContext context, CancellationToken cancellationToken)
    {
        var tables = context.Database.SqlQuery<int>(
            $"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'");
        if (await tables.SingleAsync(cancellationToken) > 0)
            await context.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken);
    }
}
