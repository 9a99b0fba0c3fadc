using System.Net;
using System.Net.Sockets;

namespace PaymentApp.Tests.Reach;

/// <summary>A port that nobody listens on, for a program that has to be told one.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
