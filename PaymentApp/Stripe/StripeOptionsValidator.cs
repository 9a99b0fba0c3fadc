using Microsoft.Extensions.Options;

namespace PaymentApp.Stripe;

/// <summary>Stops the start when keys are missing, swapped or mixed, or a version is none, and says how to set them.</summary>
internal sealed class StripeOptionsValidator(IHostEnvironment environment) : IValidateOptions<StripeOptions>
{
    // From here on an intent names its latest_charge, which the receipt is read from: https://docs.stripe.com/changelog/2022-11-15.
    private static readonly DateOnly OldestVersion = new(2022, 11, 15);

    public ValidateOptionsResult Validate(string? name, StripeOptions options)
    {
        // Development without keys runs against the sandbox, which brings its own.
        var needsNone = !options.HasKeys && options.ApiBase is null && environment.IsDevelopment();
        var problems = (needsNone ? [] : KeyProblems(options).Concat(ModeProblems(options)))
            .Concat(VersionProblems(options)).Concat(AddressProblems(options)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> KeyProblems(StripeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.SecretKey))
            yield return "Stripe:SecretKey is missing. " + How("SecretKey");
        else if (!IsWhole(options.SecretKey))
            yield return "Stripe:SecretKey holds characters that no key has, such as a space or a line's end. " + How("SecretKey");
        else if (!IsKey(options.SecretKey, "sk_") && !IsKey(options.SecretKey, "rk_"))
            yield return "Stripe:SecretKey is not a secret key: it starts with sk_test_ or sk_live_. " + How("SecretKey");

        if (string.IsNullOrWhiteSpace(options.PublishableKey))
            yield return "Stripe:PublishableKey is missing. " + How("PublishableKey");
        else if (!IsWhole(options.PublishableKey))
            yield return "Stripe:PublishableKey holds characters that no key has, such as a space or a line's end. " + How("PublishableKey");
        else if (!IsKey(options.PublishableKey, "pk_"))
            yield return "Stripe:PublishableKey is not a publishable key: it starts with pk_test_ or pk_live_. " + How("PublishableKey");
    }

    private IEnumerable<string> ModeProblems(StripeOptions options)
    {
        var anyLive = IsLive(options.SecretKey) || IsLive(options.PublishableKey);
        if (anyLive && IsLive(options.SecretKey) != IsLive(options.PublishableKey))
            yield return "Stripe:SecretKey and Stripe:PublishableKey are of different modes: use both test keys or both live keys.";
        if (anyLive && !environment.IsProduction())
            yield return $"Live Stripe keys are refused in {environment.EnvironmentName}: they take real money. Use test keys here.";
        if (anyLive && options.ApiBase is not null)
            yield return "Stripe:ApiBase must not be set with live keys: they are for Stripe alone.";
        if (!anyLive && options.ApiBase is not null && environment.IsProduction())
            yield return "Stripe:ApiBase points away from Stripe in Production: a sandbox takes no money.";
    }

    private static IEnumerable<string> VersionProblems(StripeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApiVersion))
            yield break;

        var own = StripeApiVersion.OfClient;
        var advice = $"Name one such as 2026-08-26.dahlia, or leave it unset for Stripe.net's own, {own}.";
        if (StripeApiVersion.Parse(options.ApiVersion) is not { } version)
            yield return "Stripe:ApiVersion is not a version of Stripe's API. " + advice;
        else if (version.IsPreview)
            yield return "Stripe:ApiVersion names a preview, which changes without notice. " + advice;
        else if (version.Date < OldestVersion)
            yield return $"Stripe:ApiVersion is before {OldestVersion:yyyy-MM-dd}, the oldest version whose answers this app reads. " + advice;
        else if (version.Date > own.Date)
            yield return $"Stripe:ApiVersion is later than {own}, the latest version that Stripe.net reads. " + advice;
    }

    private static IEnumerable<string> AddressProblems(StripeOptions options)
    {
        if (options.ApiBase is not null && !IsWebAddress(options.ApiBase))
            yield return "Stripe:ApiBase is not an http or https address.";
        if (options.StripeJsUrl is not null && !IsWebAddress(options.StripeJsUrl))
            yield return "Stripe:StripeJsUrl is not an http or https address.";
        // A card is typed into what this script shows: it must end at the Stripe that the server asks.
        else if (options.StripeJsUrl is null or { Host: StripeOptions.StripeJsHost } != options.ApiBase is null)
            yield return "Stripe:StripeJsUrl and Stripe:ApiBase belong to different Stripes: set both for a sandbox, neither for Stripe.";
        if (options.Timeout <= TimeSpan.Zero)
            yield return "Stripe:Timeout leaves no time for an answer: give it a few seconds at least, such as 00:00:30.";
    }

    private static bool IsWhole(string key) => key.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static bool IsWebAddress(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    private static bool IsKey(string key, string prefix) =>
        key.StartsWith(prefix + "test_", StringComparison.Ordinal) || key.StartsWith(prefix + "live_", StringComparison.Ordinal);

    private static bool IsLive(string? key) => key?.Contains("_live_", StringComparison.Ordinal) == true;

    private static string How(string setting) =>
        $"Set it with `dotnet user-secrets set Stripe:{setting} …` or the environment variable Stripe__{setting}.";
}
