using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace StripeSandbox.Benchmarks;

/// <summary>
/// Sends one request over many connections, again and again. It is as lean as it can be, because it shares the machine's
/// cores with the server: what a comfortable client costs would hide what the server costs.
/// </summary>
internal sealed class LoadClient(Uri server, int connections)
{
    private const int LargestAnswer = 1 << 20;

    private static ReadOnlySpan<byte> OkLine => "HTTP/1.1 200 "u8;

    private static ReadOnlySpan<byte> LengthHeader => "Content-Length: "u8;

    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    private long _sent;

    /// <summary>Sends for that long, and counts the answers.</summary>
    public Task<long> SendForAsync(WireRequest request, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        return SendWhileAsync(request, () => clock.Elapsed < duration);
    }

    public Task SendAsync(WireRequest request, long count)
    {
        var left = count;
        return SendWhileAsync(request, () => Interlocked.Decrement(ref left) >= 0);
    }

    /// <summary>Each answer's time, one request after another.</summary>
    public async Task<double[]> TimeAsync(WireRequest request, int count)
    {
        using var connection = await ConnectAsync();
        var (input, output) = (new byte[LargestAnswer], new byte[4096]);
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await ExchangeAsync(connection, request, input, output);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        return times;
    }

    private async Task<long> SendWhileAsync(WireRequest request, Func<bool> goesOn)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = await ConnectAsync();
            var (input, output) = (new byte[LargestAnswer], new byte[4096]);
            var answered = 0L;
            for (; goesOn(); answered++)
                await ExchangeAsync(connection, request, input, output);
            return answered;
        })));
        return counts.Sum();
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        return socket;
    }

    private async ValueTask ExchangeAsync(Socket connection, WireRequest request, byte[] input, byte[] output)
    {
        await connection.SendAsync(request.Write(output, Interlocked.Increment(ref _sent)));
        var received = 0;
        var whole = int.MaxValue;
        while (received < whole)
        {
            var count = await connection.ReceiveAsync(input.AsMemory(received));
            if (count == 0)
                throw new InvalidOperationException("The server hung up.");
            received += count;
            if (whole == int.MaxValue)
                whole = WholeLength(input.AsSpan(0, received));
        }
    }

    /// <summary>Where the answer ends; unknown until its head is there.</summary>
    private static int WholeLength(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(HeadEnd);
        if (head < 0)
            return int.MaxValue;
        if (!answer.StartsWith(OkLine))
            throw new InvalidOperationException("Not answered 200: " + System.Text.Encoding.UTF8.GetString(answer));
        var length = answer[(answer.IndexOf(LengthHeader) + LengthHeader.Length)..];
        return head + HeadEnd.Length + int.Parse(length[..length.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
