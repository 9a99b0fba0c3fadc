using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PaymentApp.Tests.Stripe;

/// <summary>A listener on a real socket that reads requests whole and then behaves badly.</summary>
internal sealed class BrokenStripe : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<NetworkStream, Task> _answer;
    private readonly bool _readsFirst;
    private readonly bool _resets;
    private readonly Task _serving;
    private int _requests;

    private BrokenStripe(Func<NetworkStream, Task> answer, bool readsFirst, bool resets)
    {
        (_answer, _readsFirst, _resets) = (answer, readsFirst, resets);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>How many requests were read to their end: how often it may have been carried out.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public static BrokenStripe ClosesWithoutAnswer() => new(_ => Task.CompletedTask, readsFirst: true, resets: false);

    public static BrokenStripe ResetsAfterReading() => new(_ => Task.CompletedTask, readsFirst: true, resets: true);

    public static BrokenStripe ResetsWhileReading() => new(stream => stream.ReadExactlyAsync(new byte[1]).AsTask(), readsFirst: false, resets: true);

    public static BrokenStripe Says(string text) => new(stream => WriteAsync(stream, text), readsFirst: true, resets: false);

    /// <summary>For a client that wants TLS.</summary>
    public static BrokenStripe SpeaksNoTls() =>
        new(stream => WriteAsync(stream, "HTTP/1.1 400 Bad Request\r\n\r\n"), readsFirst: false, resets: false);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        // One that waits for a client hears of it by the token; a listener that is gone fails in ways of its own.
        await _serving;
        _listener.Dispose();
        _closing.Dispose();
    }

    private static Task WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                await ServeAsync(client);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            if (_resets)
                client.LingerState = new LingerOption(enable: true, seconds: 0);
            await using var stream = client.GetStream();
            if (_readsFirst)
                await ReadRequestAsync(stream);
            else if (_resets)
            {
                // A read of nothing waits until there is something: a reset before the request was sent is none of it.
                _ = await stream.ReadAsync(Memory<byte>.Empty, _closing.Token);
            }

            await _answer(stream);
        }
        catch (IOException)
        {
            // This client hung up first; the next one is served all the same.
        }
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var length = 0;
        while (await reader.ReadLineAsync(_closing.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.AsSpan("Content-Length:".Length), provider: null);
        }

        await reader.ReadBlockAsync(new char[length], _closing.Token);
        Interlocked.Increment(ref _requests);
    }
}
