namespace Stripe;

/// <summary>What differs from the client's settings for one request.</summary>
public class RequestOptions
{
    public string ApiKey { get; set; }

    /// <summary>
    /// Up to 255 characters; a POST without one gets a random key, which only its own retries share.
    /// See https://docs.stripe.com/api/idempotent_requests.
    /// </summary>
    public string IdempotencyKey { get; set; }

    public string StripeAccount { get; set; }

    public string StripeContext { get; set; }
}
