namespace Stripe;

/// <summary>The way in to Stripe's API: one per key, shared by threads.</summary>
public class StripeClient : IStripeClient
{
    private readonly ApiRequestor requestor;

    /// <summary>A client for these settings, which are copied: later changes to them have no effect.</summary>
    /// <exception cref="ArgumentException">The key is empty or holds white space.</exception>
    public StripeClient(StripeClientOptions options)
    {
        requestor = new ApiRequestor(options ?? new StripeClientOptions());
        V1 = new V1Services(requestor);
    }

    /// <summary>The services of the v1 API.</summary>
    public virtual V1Services V1 { get; }

    ApiRequestor IStripeClient.Requestor => requestor;
}
