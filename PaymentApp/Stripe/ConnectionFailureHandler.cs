using System.Net.Sockets;

namespace PaymentApp.Stripe;

/// <summary>
/// Has a connection that the other end resets while it is being made fail as every other one does. The framework asks a new
/// connection for its remote end, for its metrics, before it sends anything, and lets the <see cref="SocketException"/>
/// through that says that there is none any more; whatever fails later it wraps by itself.
/// </summary>
internal sealed class ConnectionFailureHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException reset)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, reset.Message, reset);
        }
    }
}
