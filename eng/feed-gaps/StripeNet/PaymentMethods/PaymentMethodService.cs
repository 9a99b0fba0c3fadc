namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_methods.</summary>
public class PaymentMethodService : Service
{
    public PaymentMethodService()
        : this(new StripeClient(null))
    {
    }

    public PaymentMethodService(IStripeClient client)
        : base(client)
    {
    }

    internal PaymentMethodService(ApiRequestor requestor)
        : base(requestor)
    {
    }

    public virtual Task<PaymentMethod> GetAsync(string id, PaymentMethodGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAsync<PaymentMethod>($"/v1/payment_methods/{Segment(id)}", options, requestOptions, cancellationToken);
}
