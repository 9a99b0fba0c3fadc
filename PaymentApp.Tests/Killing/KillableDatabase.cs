using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PaymentApp.Tests.Killing;

/// <summary>Kill points inside the ledger's own transactions.</summary>
internal sealed class KillableTransactions(KillSwitch kill) : DbTransactionInterceptor
{
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        kill.Reach(KillPoint.LedgerToCommit);
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        kill.Reach(KillPoint.LedgerCommitted);
        return Task.CompletedTask;
    }
}

/// <summary>A kill point where the start has locked the schema.</summary>
internal sealed class KillableStart(KillSwitch kill) : DbCommandInterceptor
{
    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith("INSERT OR IGNORE INTO \"__EFMigrationsLock\"", StringComparison.Ordinal))
            kill.Reach(KillPoint.SchemaLocked);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains("pg_advisory_lock(", StringComparison.Ordinal))
            kill.Reach(KillPoint.SchemaLocked);
        return ValueTask.FromResult(result);
    }
}
