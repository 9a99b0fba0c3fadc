using PaymentApp.Payments;

namespace PaymentApp.Webhooks;

/// <summary>Keeps each event once, whether Stripe sent it or it was fetched, and has it processed.</summary>
internal interface IWebhookInbox
{
    /// <summary>
    /// Keeps an event and puts its processing into the work queue, both or neither. When this returns, it is stored. False
    /// when it was known already.
    /// </summary>
    Task<bool> StoreAsync(WebhookEvent received, CancellationToken cancellationToken = default);

    /// <summary>Keeps those of the events that are not known yet, as <see cref="StoreAsync"/> keeps one. What fails may have kept some.</summary>
    /// <returns>How many were not.</returns>
    Task<int> StoreMissingAsync(IReadOnlyList<WebhookEvent> events, CancellationToken cancellationToken = default);

    Task<StoredEvent?> FindAsync(string eventId, CancellationToken cancellationToken = default);
}

/// <param name="Intent">The PaymentIntent that it is about, if any.</param>
/// <param name="Order">The order that the ledger has for this PaymentIntent, if any.</param>
internal sealed record StoredEvent(string EventId, string Type, PaymentIntentId? Intent, OrderId? Order);
