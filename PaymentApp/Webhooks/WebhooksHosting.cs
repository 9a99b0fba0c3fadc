namespace PaymentApp.Webhooks;

/// <summary>Wires endpoint, inbox and processor.</summary>
internal static class WebhooksHosting
{
    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebhookSignal>();
        builder.Services.AddScoped<WebhookHandler>();
        builder.Services.AddSingleton<WebhookProcessor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WebhookProcessor>());
    }
}
