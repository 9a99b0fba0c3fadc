namespace Stripe;

/// <summary>See https://docs.stripe.com/api/refunds. Every method throws <see cref="StripeException"/> for any answer but 200.</summary>
public class RefundService : Service
{
    private const string Path = "/v1/refunds";

    public RefundService()
        : this(new StripeClient(null))
    {
    }

    public RefundService(IStripeClient client)
        : base(client)
    {
    }

    internal RefundService(ApiRequestor requestor)
        : base(requestor)
    {
    }

    public virtual Task<Refund> CreateAsync(RefundCreateOptions options, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAsync<Refund>(Path, options, requestOptions, cancellationToken);

    public virtual Task<Refund> GetAsync(string id, RefundGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAsync<Refund>($"{Path}/{Segment(id)}", options, requestOptions, cancellationToken);

    public virtual Task<StripeList<Refund>> ListAsync(RefundListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAsync<StripeList<Refund>>(Path, options, requestOptions, cancellationToken);
}
