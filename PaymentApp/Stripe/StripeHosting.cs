using Microsoft.Extensions.Options;
using PaymentApp.Payments;

namespace PaymentApp.Stripe;

/// <summary>Wires the gateway: options, client, and the sandbox where there are no keys.</summary>
internal static class StripeHosting
{
    /// <inheritdoc cref="StripeClientFactory.HttpClientName"/>
    public const string HttpClientName = StripeClientFactory.HttpClientName;

    public static void AddStripe(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StripeOptions>().BindConfiguration(StripeOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StripeOptions>, StripeOptionsValidator>();
        builder.Services.AddSingleton<EmbeddedSandbox>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EmbeddedSandbox>());
        builder.Services.AddSingleton<StripeConnection>();
        builder.Services.AddSingleton<WebhookSignature>();
        // The factory's own loggers would write every address, and some carry what only Stripe should know.
        builder.Services.AddHttpClient(HttpClientName).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .AddHttpMessageHandler(() => new StripeRequestIdHandler())
            .AddHttpMessageHandler(() => new ConnectionFailureHandler())
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        builder.Services.AddSingleton<StripeClientFactory>();
        builder.Services.AddSingleton(services => services.GetRequiredService<StripeConnection>().Dialect);
        builder.Services.AddSingleton(services =>
            services.GetRequiredService<StripeClientFactory>().Create(services.GetRequiredService<StripeDialect>()));
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddSingleton<StripeCaller>();
        builder.Services.AddSingleton<IPaymentGateway, StripeGateway>();
        builder.Services.AddSingleton<IStripeEvents, StripeEventList>();
    }
}
