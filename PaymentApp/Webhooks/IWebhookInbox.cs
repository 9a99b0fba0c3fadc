using PaymentApp.Payments;

namespace PaymentApp.Webhooks;

/// <summary>Where events wait between being received and being processed.</summary>
internal interface IWebhookInbox
{
    /// <summary>Keeps an event; one that is known already stays as it is. When this returns, the event is stored.</summary>
    Task StoreAsync(WebhookEvent received, CancellationToken cancellationToken = default);

    /// <summary>Takes the event that has been due longest, so that no other processor takes it for a while; null when none is due.</summary>
    Task<WaitingEvent?> ClaimAsync(CancellationToken cancellationToken = default);

    /// <summary>When the next event is due, UTC; null while none waits.</summary>
    Task<DateTime?> NextDueAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends an event, or has it tried again after a while, or parks it after too many tries. Does nothing when another
    /// processor has taken it over meanwhile.
    /// </summary>
    Task EndAsync(WaitingEvent handled, WebhookResult result, CancellationToken cancellationToken = default);

    /// <summary>Events that were tried often enough, for the operator.</summary>
    Task<IReadOnlyList<ParkedEvent>> ParkedAsync(CancellationToken cancellationToken = default);

    /// <summary>Has a parked event tried again. False when it is not parked.</summary>
    Task<bool> ReplayAsync(string eventId, CancellationToken cancellationToken = default);
}

/// <param name="Tries">How often it was tried, this time included.</param>
internal sealed record WaitingEvent(string EventId, string Type, string ObjectId, PaymentIntentId? Intent, int Tries);

/// <param name="ReceivedAt">UTC.</param>
internal sealed record ParkedEvent(string EventId, string Type, string ObjectId, DateTime ReceivedAt, int Tries, string? Error);

/// <summary>How the processing of an event came out.</summary>
internal abstract record WebhookResult
{
    private WebhookResult()
    {
    }

    public sealed record Done : WebhookResult;

    /// <summary>It is not about an order of this shop.</summary>
    public sealed record Ignored : WebhookResult;

    /// <summary>It may go better later.</summary>
    public sealed record TryAgain(string Error) : WebhookResult;

    /// <summary>It will not go better by itself.</summary>
    public sealed record Poison(string Error) : WebhookResult;
}
