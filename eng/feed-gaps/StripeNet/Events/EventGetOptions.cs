namespace Stripe;

/// <summary>See https://docs.stripe.com/api/events/retrieve.</summary>
public class EventGetOptions : BaseOptions;
