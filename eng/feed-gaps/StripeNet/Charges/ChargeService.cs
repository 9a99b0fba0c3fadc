namespace Stripe;

/// <summary>See https://docs.stripe.com/api/charges.</summary>
public class ChargeService : Service
{
    public ChargeService()
        : this(new StripeClient(null))
    {
    }

    public ChargeService(IStripeClient client)
        : base(client)
    {
    }

    internal ChargeService(ApiRequestor requestor)
        : base(requestor)
    {
    }

    public virtual Task<Charge> GetAsync(string id, ChargeGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAsync<Charge>($"/v1/charges/{Segment(id)}", options, requestOptions, cancellationToken);
}
