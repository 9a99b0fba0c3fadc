using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Stripe;

/// <summary>A shop that speaks one dialect, and what it sends to the sandbox.</summary>
public abstract class DialectShop(string? apiVersion) : IAsyncLifetime
{
    private readonly ConcurrentQueue<SentRequest> _sent = new();

    /// <summary>The version that every request names.</summary>
    public abstract string Version { get; }

    /// <summary>The parameter that says that cards pay, as Stripe.net encodes it.</summary>
    public abstract string CardParameter { get; }

    internal ManualShop Shop { get; private set; } = null!;

    internal IReadOnlyList<SentRequest> Sent => [.. _sent];

    public async Task InitializeAsync() => Shop = await ManualShop.OpenAsync(
        services => services.AddHttpClient(StripeHosting.HttpClientName).AddHttpMessageHandler(() => new Recorder(_sent)),
        apiVersion is null ? [] : [("Stripe:ApiVersion", apiVersion)]);

    public async Task DisposeAsync() => await Shop.DisposeAsync();

    /// <param name="Form">The body, decoded.</param>
    internal sealed record SentRequest(string Method, string Path, string Version, string Form);

    private sealed class Recorder(ConcurrentQueue<SentRequest> sent) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            sent.Enqueue(new SentRequest(
                request.Method.Method, request.RequestUri!.AbsolutePath, request.Headers.GetValues("Stripe-Version").Single(), WebUtility.UrlDecode(form)));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>A shop that leaves the API version to Stripe.net.</summary>
public sealed class EndiveShop() : DialectShop(apiVersion: null)
{
    public override string Version => "2026-10-28.endive";

    public override string CardParameter => "allowed_payment_method_types[0]=card";
}

/// <summary>A shop that sends the guide's own parameters.</summary>
public sealed class DahliaShop() : DialectShop("2026-08-26.dahlia")
{
    public override string Version => "2026-08-26.dahlia";

    public override string CardParameter => "payment_method_types[0]=card";
}
