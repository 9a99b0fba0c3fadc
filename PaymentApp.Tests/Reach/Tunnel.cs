using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace PaymentApp.Tests.Reach;

/// <summary>What Codespaces and dev tunnels are to a browser: one port, a host name for each port behind it (<c>name-5080.…</c>).</summary>
internal sealed partial class Tunnel : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public Tunnel()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string UrlOf(int port) => $"http://shop-{port}.tunnel.localhost:{Port}";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await _listener.AcceptTcpClientAsync(_stopping.Token);
                _connections.Add(CarryAsync(browser));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var _ = browser;
        try
        {
            var buffer = new byte[64 * 1024];
            var read = 0;
            Match target;
            // A browser never uses one connection for two hosts: the first request names it.
            do
            {
                var more = await browser.GetStream().ReadAsync(buffer.AsMemory(read), _stopping.Token);
                if (more == 0)
                    return;
                read += more;
                target = HostHeader().Match(Encoding.ASCII.GetString(buffer, 0, read));
            }
            while (!target.Success);

            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, int.Parse(target.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), _stopping.Token);
            await server.GetStream().WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
            await Task.WhenAny(
                browser.GetStream().CopyToAsync(server.GetStream(), _stopping.Token),
                server.GetStream().CopyToAsync(browser.GetStream(), _stopping.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
        {
            // One side hung up, or the test is over.
        }
    }

    [GeneratedRegex(@"^Host: shop-(\d+)\.tunnel", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex HostHeader();
}
