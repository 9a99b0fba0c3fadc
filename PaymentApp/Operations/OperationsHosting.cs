using PaymentApp.Operations.CheckStripe;
using PaymentApp.Operations.SeedDemo;

namespace PaymentApp.Operations;

/// <summary>Wires what an operator runs and asks beside the shop: its commands, and whether it is up.</summary>
internal static class OperationsHosting
{
    public static void AddOperations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealth();
        builder.Services.AddSingleton<ICommand, CheckStripeCommand>();
        builder.Services.AddSingleton<ICommand, SeedDemoCommand>();
        builder.Services.AddSingleton<ICommand, BackupCommand>();
        builder.Services.AddSingleton<ICommand, MigrateCommand>();
        // In the order in which they run.
        builder.Services.AddSingleton<IStripeCheck, KeysCheck>();
        builder.Services.AddSingleton<IStripeCheck, GuideCheck>();
        builder.Services.AddSingleton<IStripeCheck, OperatorsCheck>();
        builder.Services.AddSingleton<IStripeCheck, StripeJsCheck>();
        builder.Services.AddSingleton<IStripeCheck, WebhookCheck>();
        builder.Services.AddSingleton<IStripeCheck, DialectCheck>();
    }
}
