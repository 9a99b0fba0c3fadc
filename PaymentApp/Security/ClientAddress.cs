using System.Net;
using System.Net.Sockets;

namespace PaymentApp.Security;

/// <summary>Who a limit counts: one IPv4 address, or the /64 that one IPv6 customer is given.</summary>
internal static class ClientAddress
{
    private const int CustomerBytes = 8;

    /// <summary>Null where the connection has no address.</summary>
    public static string? Of(HttpContext? http)
    {
        if (http?.Connection.RemoteIpAddress is not { } address)
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address.ToString();

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, CustomerBytes, bytes.Length - CustomerBytes);
        return new IPAddress(bytes) + "/64";
    }
}
