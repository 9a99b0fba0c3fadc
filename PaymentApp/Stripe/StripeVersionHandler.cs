namespace PaymentApp.Stripe;

/// <summary>Has every request name the dialect's API version: Stripe.net itself can only name its own.</summary>
internal sealed class StripeVersionHandler(StripeDialect dialect) : DelegatingHandler
{
    private const string Header = "Stripe-Version";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(Header);
        request.Headers.Add(Header, dialect.Version.Text);
        return base.SendAsync(request, cancellationToken);
    }
}
