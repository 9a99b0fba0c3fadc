using System.Runtime.InteropServices;
using System.Text.Json;

namespace Stripe;

/// <summary>The X-Stripe-Client-User-Agent header: what called, for Stripe's support to see.</summary>
internal sealed record ClientUserAgent(
    string BindingsVersion,
    string Lang,
    string LangVersion,
    string Platform,
    AppInfo Application)
{
    public static string Header(AppInfo application, bool withPlatform) => JsonSerializer.Serialize(
        new ClientUserAgent(
            ApiVersion.Package,
            ".net",
            RuntimeInformation.FrameworkDescription,
            withPlatform ? $"{Environment.OSVersion} {RuntimeInformation.ProcessArchitecture}" : null,
            application),
        StripeJsonContext.Default.ClientUserAgent);
}
