using PaymentApp.Payments;

namespace PaymentApp.Stripe;

/// <summary>Reads what happened at Stripe, of the last thirty days: https://docs.stripe.com/api/events/list.</summary>
internal interface IStripeEvents
{
    /// <summary>
    /// Reads a page of the events that the app handles, newest first. <see cref="GatewayAnswer{T}.Rejected"/> when Stripe
    /// has forgotten the event to go on after.
    /// </summary>
    /// <param name="since">UTC, by Stripe's clock; inclusive.</param>
    /// <param name="after">The id of the event to go on after, towards older ones; null for the newest.</param>
    Task<GatewayAnswer<EventPage>> ReadAsync(DateTime since, string? after, CancellationToken cancellationToken = default);
}

/// <param name="Bodies">Each event's JSON, as a webhook would bring it; newest first.</param>
/// <param name="HasMore">Whether older ones follow.</param>
/// <param name="LastId">The id of the last one, to go on after; null where there is none.</param>
/// <param name="Newest">When the first one was created, UTC, by Stripe's clock; null where there is none.</param>
internal sealed record EventPage(IReadOnlyList<string> Bodies, bool HasMore, string? LastId, DateTime? Newest);
