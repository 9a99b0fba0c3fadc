using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PaymentApp.Operations;

namespace PaymentApp.Ledger;

/// <summary>Migrates the ledger before the first request is taken, or refuses to start on one that is not up to date.</summary>
internal sealed class LedgerMigrator(IDbContextFactory<LedgerContext> contexts, IOptions<LedgerOptions> options)
    : IHostedLifecycleService, ILedgerMigration
{
    /// <exception cref="LedgerNotMigratedException">The ledger is not up to date, and the start is not to migrate it.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (options.Value.MigrateOnStart ?? context.Database.IsSqlite())
        {
            await LedgerDatabase.BringUpToDateAsync(context, cancellationToken);
            return;
        }

        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            throw new LedgerNotMigratedException(
                $"The ledger lacks the migrations {string.Join(", ", pending)}. Run PaymentApp migrate once, then start the nodes; "
                + "or set Ledger:MigrateOnStart to true (Ledger__MigrateOnStart=true) to have the start do it.");
        }
    }

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var before = await context.Database.CanConnectAsync(cancellationToken) ? await context.Database.GetAppliedMigrationsAsync(cancellationToken) : [];
        await LedgerDatabase.BringUpToDateAsync(context, cancellationToken);
        return [.. (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(before)];
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
