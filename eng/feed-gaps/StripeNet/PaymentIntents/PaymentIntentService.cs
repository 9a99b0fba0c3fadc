namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_intents. Every method throws <see cref="StripeException"/> for any answer but 200.</summary>
public class PaymentIntentService : Service
{
    private const string Path = "/v1/payment_intents";

    public PaymentIntentService()
        : this(new StripeClient(null))
    {
    }

    public PaymentIntentService(IStripeClient client)
        : base(client)
    {
    }

    internal PaymentIntentService(ApiRequestor requestor)
        : base(requestor)
    {
    }

    public virtual Task<PaymentIntent> CancelAsync(string id, PaymentIntentCancelOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAsync<PaymentIntent>($"{Path}/{Segment(id)}/cancel", options, requestOptions, cancellationToken);

    public virtual Task<PaymentIntent> CaptureAsync(string id, PaymentIntentCaptureOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAsync<PaymentIntent>($"{Path}/{Segment(id)}/capture", options, requestOptions, cancellationToken);

    public virtual Task<PaymentIntent> ConfirmAsync(string id, PaymentIntentConfirmOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAsync<PaymentIntent>($"{Path}/{Segment(id)}/confirm", options, requestOptions, cancellationToken);

    public virtual Task<PaymentIntent> CreateAsync(PaymentIntentCreateOptions options, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAsync<PaymentIntent>(Path, options, requestOptions, cancellationToken);

    public virtual Task<PaymentIntent> GetAsync(string id, PaymentIntentGetOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAsync<PaymentIntent>($"{Path}/{Segment(id)}", options, requestOptions, cancellationToken);

    public virtual Task<StripeList<PaymentIntent>> ListAsync(PaymentIntentListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        GetAsync<StripeList<PaymentIntent>>(Path, options, requestOptions, cancellationToken);

    public virtual IAsyncEnumerable<PaymentIntent> ListAutoPagingAsync(PaymentIntentListOptions options = null, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PagesAsync<PaymentIntent>(Path, options, requestOptions, cancellationToken);

    public virtual Task<PaymentIntent> UpdateAsync(string id, PaymentIntentUpdateOptions options, RequestOptions requestOptions = null, CancellationToken cancellationToken = default) =>
        PostAsync<PaymentIntent>($"{Path}/{Segment(id)}", options, requestOptions, cancellationToken);
}
