using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// Has SQLite not wait for the disk at every commit. Only a power failure could lose what was written, and no test has one.
/// </summary>
internal sealed class UnsyncedSqlite : DbConnectionInterceptor
{
    public static readonly UnsyncedSqlite Instance = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => StopSyncing(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        StopSyncing(connection);
        return Task.CompletedTask;
    }

    private static void StopSyncing(DbConnection connection)
    {
        if (connection is not SqliteConnection)
            return;
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = off";
        command.ExecuteNonQuery();
    }
}
