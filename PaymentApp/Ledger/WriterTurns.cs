using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PaymentApp.Ledger;

/// <summary>
/// Lets the writers of this process at a SQLite file one after the other, in the order in which they came. SQLite has one
/// writer at a time; whoever finds it at work is sent away, and the provider tries again every 150 ms, on a thread that
/// sleeps: https://learn.microsoft.com/dotnet/standard/data/sqlite/database-errors. Other processes are still met that way.
/// </summary>
/// <param name="longestWait">After it a writer tries its luck with SQLite.</param>
#pragma warning disable CA1001 // It lives as long as the options that it belongs to, and a semaphore without a wait handle holds nothing.
internal sealed class WriterTurns(TimeSpan longestWait) : IDbTransactionInterceptor, IDbCommandInterceptor, IDbConnectionInterceptor
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turns = new(1, 1);
    private readonly Lock _holding = new();
    private Guid? _holder;

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        await TakeAsync(eventData.ConnectionId, cancellationToken);
        return result;
    }

    public async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (WritesAlone(command, eventData))
            await TakeAsync(eventData.ConnectionId, cancellationToken);
        return result;
    }

    public async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (WritesAlone(command, eventData))
            await TakeAsync(eventData.ConnectionId, cancellationToken);
        return result;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => End(eventData.ConnectionId);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        EndAsync(eventData.ConnectionId);

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => End(eventData.ConnectionId);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        EndAsync(eventData.ConnectionId);

    // However a write ends, its connection goes back to the pool.
    public void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => End(eventData.ConnectionId);

    public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData) => EndAsync(eventData.ConnectionId);

    /// <summary>Whether a command is a transaction of its own.</summary>
    private static bool WritesAlone(DbCommand command, CommandEventData eventData) =>
        command.Transaction is null && eventData.CommandSource is CommandSource.SaveChanges or CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete;

    private async Task TakeAsync(Guid connection, CancellationToken cancellationToken)
    {
        lock (_holding)
        {
            if (_holder == connection)
                return;
        }

        if (!await _turns.WaitAsync(longestWait, cancellationToken))
            return;
        lock (_holding)
            _holder = connection;
    }

    private Task EndAsync(Guid connection)
    {
        End(connection);
        return Task.CompletedTask;
    }

    private void End(Guid connection)
    {
        lock (_holding)
        {
            if (_holder != connection)
                return;
            _holder = null;
        }

        _turns.Release();
    }
}
