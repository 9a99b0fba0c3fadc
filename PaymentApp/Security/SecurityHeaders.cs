using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Net.Http.Headers;
using PaymentApp.Stripe;

namespace PaymentApp.Security;

/// <summary>
/// What every answer tells the browser not to do. Stripe's origins come from the one setting that names Stripe.js:
/// https://docs.stripe.com/security/guide#content-security-policy.
/// </summary>
internal static class SecurityHeaders
{
    private const string NoPage = "default-src 'none'; frame-ancestors 'none'";

    // The policy above forbids a file's framing too, it has no links, its tag tells versions apart, and nobody asks for a part.
    private static readonly List<string> NotForFiles = [HeaderNames.XFrameOptions, "Referrer-Policy", HeaderNames.LastModified, HeaderNames.AcceptRanges];

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        var stripeJs = context.RequestServices.GetRequiredService<StripeConnection>().StripeJsUrlFor(context.Request);
        headers.ContentSecurityPolicy = Policy(stripeJs);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // An order's id is all that guards it: it leaves with no link and no frame.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions(stripeJs);
        context.Response.OnStarting(static state => FitToContent((HttpResponse)state), context.Response);
        return next(context);
    });

    /// <summary>
    /// What a page says of an order changes, and is nobody's business who sits at the same browser next. What is no page is
    /// allowed nothing, which is told in fewer bytes: a checkout loads ten such files.
    /// </summary>
    private static Task FitToContent(HttpResponse response)
    {
        if (response.ContentType is not { } type)
            return Task.CompletedTask;

        var headers = response.Headers;
        if (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase))
        {
            headers.CacheControl = "no-store";
        }
        else
        {
            headers.ContentSecurityPolicy = NoPage;
            headers.Remove("Permissions-Policy");
            if (response.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
                FitToFile(headers, type);
        }

        return Task.CompletedTask;
    }

    internal static void FitToFile(IHeaderDictionary headers, string type)
    {
        NotForFiles.ForEach(name => headers.Remove(name));
        if (!headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal))
            return;

        // A file whose name holds its version is never asked for again, and style sheets and scripts, which are no documents, are
        // under the policy of the page that loads them. A picture can be opened alone.
        headers.Remove(HeaderNames.ETag);
        if (type is "text/css" or "text/javascript")
            headers.Remove(HeaderNames.ContentSecurityPolicy);
    }

    // A page can only hand on what it may do itself, and Stripe.js runs in the page: hence self.
    internal static string Permissions(Uri stripeJs) =>
        $"camera=(), display-capture=(), geolocation=(), microphone=(), payment=(self \"{stripeJs.GetLeftPart(UriPartial.Authority)}\"), usb=()";

    internal static string Policy(Uri stripeJs)
    {
        var origin = stripeJs.GetLeftPart(UriPartial.Authority);
        var isStripe = stripeJs.Host == StripeOptions.StripeJsHost;
        var scripts = isStripe ? "https://js.stripe.com https://*.js.stripe.com" : origin;
        var frames = isStripe ? scripts + " https://hooks.stripe.com" : origin;
        var calls = isStripe ? " https://api.stripe.com" : "";
        return string.Join("; ",
            "default-src 'self'",
            $"script-src 'self' {scripts}",
            $"frame-src {frames}",
            $"connect-src 'self'{calls}",
            "img-src 'self' data:",
            "style-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'");
    }
}
