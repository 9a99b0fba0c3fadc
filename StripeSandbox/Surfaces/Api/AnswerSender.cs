using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using StripeSandbox.Calls;
using StripeSandbox.Faults;
using StripeSandbox.Forms;
using StripeSandbox.Idempotency;
using StripeSandbox.Rendering;

namespace StripeSandbox.Api;

/// <summary>Knows who asked what, and sends the answer with the headers that Stripe's carry.</summary>
internal sealed class AnswerSender(HttpContext context, ApiRoute route, string requestId)
{
    public const string IdempotencyKeyHeader = "Idempotency-Key";
    public const string StripeVersionHeader = "Stripe-Version";

    public string RequestId => requestId;

    /// <summary>The request, under the address at which the caller reached the sandbox.</summary>
    public RequestLink Link { get; } = new(OriginOf(context.Request), requestId);

    /// <summary>Until a key has been recognized, the one that sees less.</summary>
    public KeyKind Key { get; set; } = KeyKind.Publishable;

    public ApiVersion Version { get; set; } = ApiVersion.Default;

    public string? IdempotencyKey { get; set; }

    /// <summary>The request's parameters, once they could be decoded.</summary>
    public FormNode? Form { get; set; }

    /// <summary>The fault that strikes this request; null for none.</summary>
    public FaultRule? Fault { get; set; }

    /// <summary>What was answered; null for a replay.</summary>
    public Reply? Reply { get; set; }

    public async Task SendAsync(Answer answer)
    {
        var response = context.Response;
        var headers = response.Headers;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        headers.CacheControl = "no-cache, no-store";
        headers["Request-Id"] = requestId;
        headers[StripeVersionHeader] = Version.Text;
        if (IdempotencyKey is not null)
        {
            headers[IdempotencyKeyHeader] = IdempotencyKey;
            headers["Original-Request"] = answer.RequestId;
        }

        if (answer.Location is not null)
            headers.Location = answer.Location;
        if (answer.IsReplay)
            headers["Idempotent-Replayed"] = "true";
        if (answer.ShouldRetry is { } shouldRetry)
            headers["Stripe-Should-Retry"] = shouldRetry ? "true" : "false";
        if (answer.RetryAfter is { } seconds)
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (answer.Status == StatusCodes.Status401Unauthorized)
            headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"Stripe\"";
        if (route.Access == Access.SecretOrPublishableKey && Key == KeyKind.Publishable)
            AllowAnyOrigin(headers);
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <summary>Answers a browser that asks whether a page may call with a publishable key.</summary>
    public static Task PreflightAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        AllowAnyOrigin(headers);
        headers[HeaderNames.AccessControlAllowMethods] = "GET, POST";
        headers[HeaderNames.AccessControlAllowHeaders] = "Authorization, Content-Type, Idempotency-Key, Stripe-Version, Stripe-Account";
        headers[HeaderNames.AccessControlMaxAge] = 300.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    // A proxy or tunnel in front tells under which address the caller knows the sandbox.
    private static string OriginOf(HttpRequest request)
    {
        var (scheme, host) = (First(request.Headers["X-Forwarded-Proto"]), First(request.Headers["X-Forwarded-Host"]));
        return $"{(scheme is "http" or "https" ? scheme : request.Scheme)}://{(host.Length > 0 ? host : request.Host.ToString())}";
    }

    private static string First(StringValues values) => values.Count == 0 ? "" : values.ToString().Split(',')[0].Trim();

    private static void AllowAnyOrigin(IHeaderDictionary headers)
    {
        headers[HeaderNames.AccessControlAllowOrigin] = "*";
        headers[HeaderNames.AccessControlExposeHeaders] = "Request-Id, Stripe-Should-Retry";
    }
}
