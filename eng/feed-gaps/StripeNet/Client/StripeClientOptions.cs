namespace Stripe;

/// <summary>Settings of a <see cref="StripeClient"/>. What is null has Stripe's default.</summary>
public class StripeClientOptions
{
    public string ApiKey { get; set; }

    public string ClientId { get; set; }

    /// <summary>Scheme and host of the API, without a trailing slash; <c>https://api.stripe.com</c> by default.</summary>
    public string ApiBase { get; set; }

    public string ConnectBase { get; set; }

    public string FilesBase { get; set; }

    public string MeterEventsBase { get; set; }

    public string StripeAccount { get; set; }

    public string StripeContext { get; set; }

    /// <summary>Sends the requests; a <see cref="SystemNetHttpClient"/> with two retries by default.</summary>
    public IHttpClient HttpClient { get; set; }
}
