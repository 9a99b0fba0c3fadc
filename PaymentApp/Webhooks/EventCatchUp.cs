using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Work;

namespace PaymentApp.Webhooks;

/// <summary>
/// Reads Stripe's own list of events and puts what is missing into the inbox, so that a webhook that was lost costs
/// minutes. Goes on page by page where it stopped; Stripe lists thirty days: https://docs.stripe.com/api/events.
/// </summary>
internal sealed partial class EventCatchUp(
    IStripeEvents events,
    IEventCursor cursor,
    IWebhookInbox inbox,
    IEventSources sources,
    StripeConnection connection,
    CatchUpState state,
    WebhookMetrics metrics,
    TimeProvider clock,
    IOptions<WebhooksOptions> options,
    ILogger<EventCatchUp> logger) : IWorkHandler
{
    /// <summary>The one item's subject.</summary>
    public const string Subject = "stripe";

    /// <summary>Read again each time: an event may be listed a moment after younger ones, and the first start's clock may be ahead.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    // A reading ends sooner; and a node that dies in one gives its turn back.
    private static readonly TimeSpan AnotherReads = TimeSpan.FromSeconds(10);

    // https://docs.stripe.com/error-codes#resource-missing
    private const string UnknownEvent = "resource_missing";

    // A turn ends well within its lease, and others get their turn.
    private const int MostPages = 20;

    public async Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var turn = await cursor.TryTakeTurnAsync(cancellationToken);
        if (turn is null)
            return new WorkResult.Again(now + AnotherReads);

        var missing = 0;
        var position = await cursor.FindAsync(cancellationToken);
        if (position is null)
            await cursor.MoveAsync(position = await BeginAsync(now, cancellationToken), cancellationToken);

        for (var pages = 0; pages < MostPages; pages++)
        {
            switch (await events.ReadAsync(position.Since, position.After, cancellationToken))
            {
                case GatewayAnswer<EventPage>.Answered { Value: var page }:
                    missing += await StoreAsync(page, cancellationToken);
                    position = Next(position, page);
                    await cursor.MoveAsync(position, cancellationToken);
                    state.Reached();
                    break;
                case GatewayAnswer<EventPage>.Rejected { Failure.Code: UnknownEvent } when position.After is not null:
                    // Stripe has forgotten the event to go on after, so there are no older ones.
                    position = Ended(position);
                    await cursor.MoveAsync(position, cancellationToken);
                    break;
                case GatewayAnswer<EventPage>.Rejected { Failure: var failure }:
                    return await LaterAsync(failure.Code, cancellationToken);
                case GatewayAnswer<EventPage>.NotExecuted { Failure: var failure }:
                    return await LaterAsync(failure.Code, cancellationToken);
                case GatewayAnswer<EventPage>.Unknown:
                    return await LaterAsync(code: null, cancellationToken);
            }

            if (position.Newest is null)
            {
                state.CaughtUp(clock.GetUtcNow());
                await sources.SucceededAsync(EventSource.CatchUp, missing, missing > 0, cancellationToken);
                return new WorkResult.Again(now + options.Value.CatchUpEvery);
            }
        }

        await sources.SucceededAsync(EventSource.CatchUp, missing, missing > 0, cancellationToken);
        return new WorkResult.Again(now);
    }

    /// <summary>
    /// A shop that took payments and went away before it had read anything begins with its first order: what Stripe did about it
    /// meanwhile, nobody else tells.
    /// </summary>
    private async Task<EventPosition> BeginAsync(DateTime now, CancellationToken cancellationToken)
    {
        var first = await cursor.FindFirstOrderAsync(cancellationToken);
        return new EventPosition((first < now ? first.Value : now) - Overlap);
    }

    private async Task<int> StoreAsync(EventPage page, CancellationToken cancellationToken)
    {
        var readable = page.Bodies.Select(WebhookEvent.Parse).OfType<WebhookEvent>().Where(happened => happened.IsLive == connection.IsLive).ToList();
        // Stripe lists the newest first; what happened first is looked at first.
        readable.Reverse();
        var stored = await inbox.StoreMissingAsync(readable, cancellationToken);
        if (stored == 0)
            return 0;

        metrics.Received(EventSource.CatchUp, "new", stored);
        Log.Stored(logger, stored);
        return stored;
    }

    private static EventPosition Next(EventPosition position, EventPage page)
    {
        var under = position with { Newest = position.Newest ?? page.Newest };
        return page is { HasMore: true, LastId: { } last } ? under with { After = last } : Ended(under);
    }

    private static EventPosition Ended(EventPosition position) =>
        new(position.Newest - Overlap is { } since && since > position.Since ? since : position.Since);

    private async Task<WorkResult> LaterAsync(string? code, CancellationToken cancellationToken)
    {
        await sources.FailedAsync(EventSource.CatchUp, code ?? "Stripe did not answer", cancellationToken);
        if (state.Failed())
            Log.StripeAway(logger, code);
        return new WorkResult.Again(clock.GetUtcNow().UtcDateTime + options.Value.CatchUpEvery);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} events were fetched that no webhook had brought")]
        public static partial void Stored(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "Stripe's events could not be read, code {Code}: it is tried again every few minutes, and nothing is lost for thirty days")]
        public static partial void StripeAway(ILogger logger, string? code);
    }
}
