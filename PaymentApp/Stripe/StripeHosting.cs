using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>Wires the gateway: options, client, and the sandbox where there are no keys.</summary>
internal static class StripeHosting
{
    /// <summary>The name of the HTTP client that carries every request to Stripe.</summary>
    public const string HttpClientName = "Stripe";

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
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        builder.Services.AddSingleton(CreateClient);
        builder.Services.AddSingleton<StripeCaller>();
        builder.Services.AddSingleton<IPaymentGateway, StripeGateway>();
    }

    private static StripeClient CreateClient(IServiceProvider services)
    {
        var connection = services.GetRequiredService<StripeConnection>();
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName);
        http.Timeout = services.GetRequiredService<IOptions<StripeOptions>>().Value.Timeout;
        var options = new StripeClientOptions
        {
            ApiKey = connection.SecretKey,
            // StripeCaller asks again by itself: it knows what an unknown outcome is, and honours cancellation.
            // Telemetry would write an id file below the user's home.
            HttpClient = new SystemNetHttpClient(http, maxNetworkRetries: 0, enableTelemetry: false),
        };
        if (connection.ApiBase is { } apiBase)
            options.ApiBase = apiBase.GetLeftPart(UriPartial.Authority);
        return new StripeClient(options);
    }
}
