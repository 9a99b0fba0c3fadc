using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PaymentApp.Payments;
using PaymentApp.Stripe;

namespace PaymentApp.Tests.Stripe;

/// <summary>What the shop's HTTP client throws where a connection is reset while it is being made.</summary>
public sealed class ConnectionFailureTests
{
    // A bare client fails in the framework's own way in about one of twenty of them.
    private const int Connections = 500;

    [Fact]
    public async Task A_connection_that_is_reset_as_it_is_made_fails_as_every_request_does()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog: 128);
        using var closing = new CancellationTokenSource();
        var resetting = ResetAllAsync(listener, closing.Token);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddStripe();
        using var host = builder.Build();
        using var http = new HttpClient(
            host.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(StripeHosting.HttpClientName), disposeHandler: false);

        for (var connection = 0; connection < Connections; connection++)
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://{listener.LocalEndpoint}")));

        await closing.CancelAsync();
        await resetting;
    }

    [Fact]
    public async Task It_has_carried_nothing()
    {
        using var handler = new ConnectionFailureHandler { InnerHandler = new Reset() };

        Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(
            await new StripeStub().Gateway(handler, "http://stripe.test").CreateAsync(StripeBodies.NewIntent(), "key"));
    }

    private static async Task ResetAllAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync(cancellationToken);
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private sealed class Reset : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(new SocketException((int)SocketError.NotConnected));
    }
}
