namespace Stripe;

/// <summary>Sends requests. Only <see cref="SystemNetHttpClient"/> implements it here.</summary>
public interface IHttpClient
{
    internal Task<StripeResponse> MakeRequestAsync(StripeRequest request, CancellationToken cancellationToken);
}
