namespace Stripe;

/// <summary>What an event is about, as it was then: read it again before acting on it.</summary>
public class EventData : StripeEntity
{
    /// <summary>A <see cref="PaymentIntent"/>, <see cref="Charge"/> or <see cref="Refund"/>, by the event's type.</summary>
    public IHasObject Object { get; set; }
}
