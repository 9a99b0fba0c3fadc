namespace Stripe;

/// <summary>See https://docs.stripe.com/api/events.</summary>
public class EventService : Service
{
    public EventService()
        : this(new StripeClient(null))
    {
    }

    public EventService(IStripeClient client)
        : base(client)
    {
    }

    internal EventService(ApiRequestor requestor)
        : base(requestor)
    {
    }

    public virtual Task<Event> GetAsync(string id, EventGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAsync<Event>($"/v1/events/{Segment(id)}", options, requestOptions, cancellationToken);
}
