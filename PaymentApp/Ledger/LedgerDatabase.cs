using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Reconciliation;
using PaymentApp.Webhooks;

namespace PaymentApp.Ledger;

/// <summary>Chooses the database, brings it up to date at start, and knows its dialect.</summary>
internal static class LedgerDatabase
{
    /// <summary>The name of the connection string; without one the ledger is a file beside the app.</summary>
    public const string ConnectionName = "Payments";

    private const string DefaultConnection = "Data Source=payments.db";

    // https://sqlite.org/rescode.html#constraint_unique and #constraint_primarykey
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;

    public static void AddLedger(this IHostApplicationBuilder builder)
    {
        builder.Services.AddDbContextFactory<LedgerContext>((services, options) => options
            .UseSqlite(services.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionName) ?? DefaultConnection)
            // Losing a race is how writers find out about each other, not an error; what is one is thrown. And who finds
            // nothing to do says nothing, whatever the host logs by default.
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandExecuted, LogLevel.Debug),
                (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
                (RelationalEventId.CommandError, LogLevel.Debug))));
        builder.Services.AddHostedService<LedgerMigrator>();
        builder.Services.AddSingleton<IOrderBook, OrderBook>();
        builder.Services.AddSingleton<IPaymentLedger, PaymentLedger>();
        builder.Services.AddSingleton<IWebhookInbox, WebhookInbox>();
        builder.Services.AddSingleton<ILookQueue, LookQueue>();
    }

    public static async Task BringUpToDateAsync(LedgerContext context, CancellationToken cancellationToken = default)
    {
        await using var turn = await MigrationTurn.TakeAsync(context, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        // EF Core sees to it only in files that it makes itself: readers and the writer must not wait for each other.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = wal", cancellationToken);
    }

    public static bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey };

    /// <summary>Migrates before the first request is taken.</summary>
    private sealed class LedgerMigrator(IDbContextFactory<LedgerContext> contexts) : IHostedLifecycleService
    {
        public async Task StartingAsync(CancellationToken cancellationToken)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await BringUpToDateAsync(context, cancellationToken);
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
