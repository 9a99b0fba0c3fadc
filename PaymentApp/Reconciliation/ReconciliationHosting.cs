namespace PaymentApp.Reconciliation;

/// <summary>Wires the sweeper.</summary>
internal static class ReconciliationHosting
{
    public static void AddReconciliation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<OrderLook>();
        builder.Services.AddSingleton<Sweeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Sweeper>());
    }
}
