using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace StripeSandbox.Api;

/// <summary>Sends an answer with the headers that Stripe's carry.</summary>
internal static class AnswerHeaders
{
    public const string IdempotencyKey = "Idempotency-Key";
    public const string StripeVersion = "Stripe-Version";
    public const string RequestId = "Request-Id";

    public static async Task SendAsync(
        HttpContext context, ApiRoute route, Answer answer, string requestId, ApiVersion version, string? idempotencyKey, KeyKind key)
    {
        var response = context.Response;
        var headers = response.Headers;
        response.StatusCode = answer.Status;
        response.ContentType = "application/json";
        response.ContentLength = answer.Body.Length;
        headers.CacheControl = "no-cache, no-store";
        headers[RequestId] = requestId;
        headers[StripeVersion] = version.Text;
        if (idempotencyKey is not null)
        {
            headers[IdempotencyKey] = idempotencyKey;
            headers["Original-Request"] = answer.RequestId;
        }

        if (answer.IsReplay)
            headers["Idempotent-Replayed"] = "true";
        if (answer.ShouldRetry is { } shouldRetry)
            headers["Stripe-Should-Retry"] = shouldRetry ? "true" : "false";
        if (answer.Status == StatusCodes.Status401Unauthorized)
            headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"Stripe\"";
        if (route.Access == Access.SecretOrPublishableKey && key == KeyKind.Publishable)
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

    private static void AllowAnyOrigin(IHeaderDictionary headers)
    {
        headers[HeaderNames.AccessControlAllowOrigin] = "*";
        headers[HeaderNames.AccessControlExposeHeaders] = "Request-Id, Stripe-Should-Retry";
    }
}
