using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PaymentApp.Ledger;

/// <summary>
/// Has SQLite copy its write-ahead log into the file every 16 MB instead of every 4: payments write mostly to the same
/// pages, of which only the last state is copied. https://sqlite.org/pragma.html#pragma_wal_autocheckpoint.
/// </summary>
internal sealed class RareCheckpoints : DbConnectionInterceptor
{
    private const int Pages = 4_000;

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        SQLitePCL.raw.sqlite3_wal_autocheckpoint(((SqliteConnection)connection).Handle, Pages);
}
