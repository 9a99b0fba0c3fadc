using Microsoft.Extensions.Options;
using PaymentApp.Work;

namespace PaymentApp.Webhooks;

/// <summary>Wires the two ways by which events come, and what processes them.</summary>
internal static class WebhooksHosting
{
    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<WebhooksOptions>().BindConfiguration(WebhooksOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<WebhookSecretAtStart>().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<WebhookSecretAtStart>, WebhookSecretCheck>();
        builder.Services.AddSingleton<CatchUpState>();
        builder.Services.AddSingleton<WebhookMetrics>();
        builder.Services.AddSingleton<WebhookDeliveries>();
        builder.Services.AddWorkHandler<WebhookHandler>(WorkKind.Event);
        builder.Services.AddWorkHandler<EventCatchUp>(WorkKind.CatchUp);
        builder.Services.AddHostedService<CatchUpStart>();
    }
}
