using System.Net;
using System.Net.Sockets;

namespace StripeSandbox.Persistence;

/// <summary>Whether something else holds what a sandbox needs for itself: its data file and its ports.</summary>
internal static class Occupation
{
    /// <summary>Whether another process has the file open.</summary>
    public static bool IsHeld(string file)
    {
        if (!File.Exists(file))
            return false;
        try
        {
            File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException problem) when (problem is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return true;
        }
    }

    /// <summary>Whether another process listens there.</summary>
    public static bool IsHeld(BindingAddress address)
    {
        if (address.Port == 0 || address.IsUnixPipe || address.IsNamedPipe)
            return false;
        var host = address.Host.Trim('[', ']');
        IPAddress[] listening = host == "localhost" ? [IPAddress.Loopback] : IPAddress.TryParse(host, out var one) ? [one] : [IPAddress.Any];
        return listening.Any(ip => IsHeld(new IPEndPoint(ip, address.Port)));
    }

    private static bool IsHeld(IPEndPoint place)
    {
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(place);
            socket.Listen();
            return false;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
