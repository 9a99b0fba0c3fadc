using Microsoft.Extensions.Options;

namespace PaymentApp.Stripe;

/// <summary>Which Stripe this app talks to: the real one, or the sandbox that runs in this process.</summary>
internal sealed class StripeConnection(IOptions<StripeOptions> options, EmbeddedSandbox sandbox)
{
    public string SecretKey => sandbox.IsUsed ? sandbox.SecretKey : options.Value.SecretKey!;

    public string PublishableKey => sandbox.IsUsed ? sandbox.PublishableKey : options.Value.PublishableKey!;

    public Uri? ApiBase => sandbox.IsUsed ? sandbox.Address : options.Value.ApiBase;

    /// <summary>The API version that the requests name, and the parameters that it takes.</summary>
    public StripeDialect Dialect => options.Value.Dialect;

    /// <summary>Where the sandbox in this process shows its payments; null when there is none.</summary>
    public Uri? DashboardUrl => sandbox.IsUsed ? sandbox.Address : null;

    /// <summary>Whether real money moves.</summary>
    public bool IsLive => SecretKey.Contains("_live_", StringComparison.Ordinal);

    /// <summary>The secrets that may have signed a webhook, the current one first.</summary>
    public IReadOnlyList<string> WebhookSecrets => sandbox.IsUsed
        ? [sandbox.WebhookSecret]
        : new[] { options.Value.WebhookSecret, options.Value.PreviousWebhookSecret }.OfType<string>().Where(secret => secret.Length > 0).ToList();

    /// <summary>Where the browser loads Stripe.js from that has a page of the shop at this address.</summary>
    /// <param name="page">Any address of the shop as the browser has it.</param>
    public Uri StripeJsUrlFor(Uri page) =>
        sandbox.IsUsed ? new Uri(sandbox.AddressFor(page), Dialect.Version.StripeJsPath) : ConfiguredStripeJsUrl;

    /// <summary>The same for the page that a request asks for.</summary>
    public Uri StripeJsUrlFor(HttpRequest request)
    {
        if (!sandbox.IsUsed)
            return ConfiguredStripeJsUrl;
        return StripeJsUrlFor(Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var page) ? page : sandbox.Address);
    }

    private Uri ConfiguredStripeJsUrl =>
        options.Value.StripeJsUrl ?? new Uri($"https://{StripeOptions.StripeJsHost}{Dialect.Version.StripeJsPath}");
}
