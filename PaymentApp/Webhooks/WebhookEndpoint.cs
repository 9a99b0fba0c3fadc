using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Stripe;

namespace PaymentApp.Webhooks;

/// <summary>
/// Receives what Stripe sends: verify, store, 200. What could not be stored is not answered 200, so Stripe sends it
/// again. https://docs.stripe.com/webhooks.
/// </summary>
internal static partial class WebhookEndpoint
{
    public const string Path = StripeWebhooks.Path;

    private const string NotSigned = "not signed by Stripe";

    /// <summary>No event that Stripe sends for this flow comes near it.</summary>
    private const int LargestBody = 256 * 1024;

    public static void MapStripeWebhooks(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<WebhooksOptions>>().Value.Mode is WebhookMode.FetchOnly)
            return;

        routes.MapPost(Path, ReceiveAsync).DisableAntiforgery()
            // An event may be larger than any request of a shopper's: it is counted while it is read.
            .WithMetadata(new DisableRequestSizeLimitAttribute(), new SkipStatusCodePagesAttribute());
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext http,
        WebhookSignature signature,
        StripeConnection connection,
        IWebhookInbox inbox,
        WebhookDeliveries deliveries,
        WebhookMetrics metrics,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger(typeof(WebhookEndpoint));
        using var activity = PaymentTracing.Source.StartActivity("receive webhook");

        // The signature is over the raw bytes: nothing may read or rewrite them before.
        string? body;
        try
        {
            body = await ReadAsync(http.Request, cancellationToken);
        }
        catch (IOException)
        {
            return Refuse("cut short or garbled on the way");
        }

        if (body is null)
            return Refuse("too large", StatusCodes.Status413PayloadTooLarge);
        if (!signature.IsValid(body, http.Request.Headers["Stripe-Signature"]))
        {
            // What carries no signature at all is nobody's webhook, and no news for an operator.
            if (http.Request.Headers.ContainsKey("Stripe-Signature"))
                await deliveries.RefusedAsync(NotSigned, cancellationToken);
            return Refuse(NotSigned);
        }

        if (WebhookEvent.Parse(body) is not { } received)
            return Refuse("not an event");
        if (received.IsLive != connection.IsLive)
            return Refuse("of the other mode");

        activity?.SetTag("stripe.event.type", received.Type).SetTag("stripe.event.id", received.Id).SetTag(PaymentTracing.RequestId, received.RequestId);
        var isNew = await inbox.StoreAsync(received, cancellationToken);
        metrics.Received(EventSource.Webhook, isNew ? "new" : "known");
        await deliveries.AcceptedAsync(isNew, cancellationToken);
        return Results.Ok();

        IResult Refuse(string why, int status = StatusCodes.Status400BadRequest)
        {
            activity.SetFailed(why);
            metrics.Received(EventSource.Webhook, "refused");
            Log.Refused(logger, why);
            return Results.StatusCode(status);
        }
    }

    private static async Task<string?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestBody)
            return null;

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > LargestBody)
                return null;
            body.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A webhook was refused: {Why}")]
        public static partial void Refused(ILogger logger, string why);
    }
}
