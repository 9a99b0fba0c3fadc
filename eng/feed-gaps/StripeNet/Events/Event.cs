namespace Stripe;

/// <summary>Something that happened at Stripe. See https://docs.stripe.com/api/events/object. Times in UTC.</summary>
public class Event : StripeEntity, IHasId
{
    public string Id { get; set; }

    /// <summary>The connected account that it happened in, if any.</summary>
    public string Account { get; set; }

    public string ApiVersion { get; set; }

    public DateTime Created { get; set; }

    public EventData Data { get; set; }

    public bool Livemode { get; set; }

    public string Type { get; set; }
}
