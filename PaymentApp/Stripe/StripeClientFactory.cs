using Microsoft.Extensions.Options;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>Makes clients of Stripe.net that reach the configured Stripe.</summary>
internal sealed class StripeClientFactory(
    StripeConnection connection, IHttpMessageHandlerFactory handlers, IOptions<StripeOptions> options)
{
    /// <summary>The name of the HTTP client that carries every request to Stripe.</summary>
    public const string HttpClientName = "Stripe";

    /// <param name="dialect">The API version that the client's requests name.</param>
    /// <param name="observer">Sees each request as it leaves and each answer as it comes; null for nobody.</param>
    public StripeClient Create(StripeDialect dialect, DelegatingHandler? observer = null)
    {
        HttpMessageHandler handler = new StripeVersionHandler(dialect) { InnerHandler = handlers.CreateHandler(HttpClientName) };
        if (observer is not null)
        {
            observer.InnerHandler = handler;
            handler = observer;
        }

        return Create(
            new HttpClient(handler, disposeHandler: false) { Timeout = options.Value.Timeout }, connection.SecretKey, connection.ApiBase);
    }

    /// <param name="apiBase">Where the API answers; null for Stripe itself.</param>
    public static StripeClient Create(HttpClient http, string secretKey, Uri? apiBase)
    {
        var settings = new StripeClientOptions
        {
            ApiKey = secretKey,
            // StripeCaller asks again by itself: it knows what an unknown outcome is, and honours cancellation.
            // Telemetry would write an id file below the user's home.
            HttpClient = new SystemNetHttpClient(http, maxNetworkRetries: 0, enableTelemetry: false),
        };
        if (apiBase is not null)
            settings.ApiBase = apiBase.GetLeftPart(UriPartial.Authority);
        return new StripeClient(settings);
    }
}
