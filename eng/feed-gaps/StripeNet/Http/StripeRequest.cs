namespace Stripe;

/// <summary>One call, whole: retries send it again as it is, idempotency key included.</summary>
internal sealed record StripeRequest(
    HttpMethod Method,
    Uri Uri,
    string Body,
    string ApiKey,
    IReadOnlyList<KeyValuePair<string, string>> Headers);
