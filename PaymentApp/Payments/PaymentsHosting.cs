namespace PaymentApp.Payments;

/// <summary>Wires the payment service. A gateway and a ledger come from elsewhere.</summary>
internal static class PaymentsHosting
{
    public static void AddPayments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<PaymentsOptions>().BindConfiguration(PaymentsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<OrderChanges>();
        builder.Services.AddSingleton<CallsUnderWay>();
        builder.Services.AddSingleton<PaymentStepRunner>();
        builder.Services.AddSingleton<PaymentMetrics>();
        builder.Services.AddSingleton<AttemptLimits>();
        builder.Services.AddScoped<ShopperConnection>();
        builder.Services.AddScoped<PaymentService>();
        builder.Services.AddScoped<IPaymentService, ObservedPaymentService>();
        builder.Services.AddScoped<PaymentOperations>();
        builder.Services.AddScoped<IPaymentOperations, ObservedPaymentOperations>();
    }
}
