using Microsoft.Extensions.Options;

namespace PaymentApp.Stripe;

/// <summary>Which Stripe this app talks to: the real one, or the sandbox that runs in this process.</summary>
internal sealed class StripeConnection(IOptions<StripeOptions> options, EmbeddedSandbox sandbox)
{
    public string SecretKey => sandbox.IsUsed ? sandbox.Options.SecretKey : options.Value.SecretKey!;

    public string PublishableKey => sandbox.IsUsed ? sandbox.Options.PublishableKey : options.Value.PublishableKey!;

    public Uri? ApiBase => sandbox.IsUsed ? sandbox.Address : options.Value.ApiBase;

    /// <summary>The API version that the requests name, and the parameters that it takes.</summary>
    public StripeDialect Dialect => options.Value.Dialect;

    public Uri StripeJsUrl => sandbox.IsUsed
        ? new Uri(sandbox.Address, Dialect.Version.StripeJsPath)
        : options.Value.StripeJsUrl ?? new Uri($"https://{StripeOptions.StripeJsHost}{Dialect.Version.StripeJsPath}");

    /// <summary>Where the sandbox in this process shows its payments; null when there is none.</summary>
    public Uri? DashboardUrl => sandbox.IsUsed ? sandbox.Address : null;

    /// <summary>Whether real money moves.</summary>
    public bool IsLive => SecretKey.Contains("_live_", StringComparison.Ordinal);

    /// <summary>The secrets that may have signed a webhook, the current one first.</summary>
    public IReadOnlyList<string> WebhookSecrets => sandbox.IsUsed
        ? [sandbox.WebhookSecret]
        : new[] { options.Value.WebhookSecret, options.Value.PreviousWebhookSecret }.OfType<string>().Where(secret => secret.Length > 0).ToList();
}
