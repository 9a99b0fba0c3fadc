namespace Stripe;

/// <summary>See https://docs.stripe.com/api/customers.</summary>
public class CustomerService : Service
{
    public CustomerService()
        : this(new StripeClient(null))
    {
    }

    public CustomerService(IStripeClient client)
        : base(client)
    {
    }

    internal CustomerService(ApiRequestor requestor)
        : base(requestor)
    {
    }

    public virtual Task<Customer> GetAsync(string id, CustomerGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAsync<Customer>($"/v1/customers/{Segment(id)}", options, requestOptions, cancellationToken);
}
