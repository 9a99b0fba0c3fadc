namespace PaymentApp.Stripe;

/// <summary>How the shop reaches Stripe. Section <c>Stripe</c>; keys come from user-secrets or the environment.</summary>
public sealed class StripeOptions
{
    public const string Section = "Stripe";

    /// <summary>Where Stripe itself serves Stripe.js.</summary>
    internal const string StripeJsHost = "js.stripe.com";

    /// <summary>The secret key, <c>sk_test_…</c> or <c>sk_live_…</c>. Stays on the server.</summary>
    public string? SecretKey { get; set; }

    /// <summary>The publishable key that Stripe.js is started with, of the same account and mode as the secret key.</summary>
    public string? PublishableKey { get; set; }

    /// <summary>Signs what Stripe sends to <c>/webhooks/stripe</c>: https://docs.stripe.com/webhooks#verify-official-libraries.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>The secret before the current one, while Stripe still signs with both: https://docs.stripe.com/webhooks#roll-endpoint-secrets.</summary>
    public string? PreviousWebhookSecret { get; set; }

    /// <summary>Where the API of a sandbox answers; Stripe itself when not set.</summary>
    public Uri? ApiBase { get; set; }

    /// <summary>
    /// The API version that the requests name, such as <c>2026-08-26.dahlia</c>; Stripe.net's own when not set. Versions
    /// before <c>2026-09-30.endive</c> are asked with the guide's <c>payment_method_types</c>, later ones with
    /// <c>allowed_payment_method_types</c>.
    /// </summary>
    public string? ApiVersion { get; set; }

    /// <summary>
    /// Where the page loads Stripe.js from; Stripe's own of the train that <see cref="ApiVersion"/> belongs to when not set.
    /// https://docs.stripe.com/sdks/stripejs-versioning.
    /// </summary>
    public Uri? StripeJsUrl { get; set; }

    /// <summary>How long one request to the API may take before its outcome counts as unknown.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the sandbox that runs without keys keeps its books, below the content root; empty for memory only.</summary>
    public string SandboxData { get; set; } = "sandbox.db";

    internal StripeDialect Dialect => StripeDialect.Of(ApiVersion);

    internal bool HasKeys => !string.IsNullOrWhiteSpace(SecretKey) || !string.IsNullOrWhiteSpace(PublishableKey);
}
