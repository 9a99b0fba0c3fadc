using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using PaymentApp.Desk.Notices;
using PaymentApp.Desk.Queries;
using PaymentApp.Ledger.Postgres;
using PaymentApp.Operations;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Security;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Ledger;

/// <summary>Wires the database, which holds what the other folders keep.</summary>
internal static class LedgerHosting
{
    /// <summary>The name of the connection string; without one the ledger is a file beside the app.</summary>
    public const string ConnectionName = "Payments";

    private const string DefaultConnection = "Data Source=payments.db";

    /// <summary>Has EF Core build its model, half a second's work, while the rest of the shop starts on another core.</summary>
    public static void PrepareLedger(this IHost app) => _ = Task.Run(() =>
    {
        try
        {
            using var context = app.Services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContext();
            _ = context.Model;
        }
#pragma warning disable CA1031 // Whoever needs the model next runs into the same, and says so.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    });

    public static void AddLedger(this IHostApplicationBuilder builder)
    {
        builder.Services.AddPooledDbContextFactory<LedgerContext>((services, options) => options
            .UseLedger(services.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionName) ?? DefaultConnection)
            // Losing a race is how writers find out about each other, not an error; what is one is thrown. And who finds
            // nothing to do says nothing, whatever the host logs by default.
            // Whether the migrations lead to this model is a test: each start would build the last one's to compare.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning).Log(
                (RelationalEventId.CommandExecuted, LogLevel.Debug),
                (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
                (RelationalEventId.CommandError, LogLevel.Debug))));
        // Later than the factory that the line before adds, and so the one that is used.
        builder.Services.AddSingleton<IDbContextFactory<LedgerContext>>(services =>
            services.GetRequiredService<DbContextOptions<LedgerContext>>() is var options && PostgresConnection.IsUsedBy(options)
                ? new PostgresLedgerContextFactory(options)
                : new PooledDbContextFactory<LedgerContext>(options));
        builder.Services.AddOptions<LedgerOptions>().BindConfiguration(LedgerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHostedService<LedgerMigrator>();
        builder.Services.AddSingleton<ILedgerMigration, LedgerMigrator>();
        builder.Services.AddHostedService<ChangeRelay>();
        builder.Services.AddSingleton<ISharedKeys, PostgresKeys>();
        builder.Services.AddScoped(services => (PostgresLedgerContext)services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContext());
        builder.Services.AddHealthChecks().AddCheck<LedgerHealth>("ledger", timeout: LedgerHealth.LongestWait);
        builder.Services.AddSingleton<IOrderBook, OrderBook>();
        builder.Services.AddSingleton<IPaymentLedger, PaymentLedger>();
        builder.Services.AddSingleton<IWebhookInbox, WebhookInbox>();
        builder.Services.AddSingleton<IEventCursor, EventCursor>();
        builder.Services.AddSingleton<IEventSources, EventSources>();
        builder.Services.AddSingleton<INotices, Notices>();
        builder.Services.AddSingleton<IFulfilments, Fulfilments>();
        builder.Services.AddSingleton<IOrderMails, OrderMails>();
        builder.Services.AddSingleton<IWorkQueue, WorkQueue>();
        builder.Services.AddSingleton<IDeskLedger, DeskLedger>();
        builder.Services.AddSingleton<IOperatorActionLog, DeskActions>();
        builder.Services.AddSingleton<IParkedWork, DeskWork>();
        builder.Services.AddSingleton<ILedgerBackup, LedgerBackup>();
    }
}
