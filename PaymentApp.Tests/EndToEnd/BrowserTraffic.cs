using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>Everything that a browser sends, byte for byte: addresses, headers, bodies and the frames of its WebSockets.</summary>
internal sealed class BrowserTraffic
{
    private readonly ConcurrentQueue<(string Origin, byte[] Bytes)> _sent = new();

    public BrowserTraffic(IPage page)
    {
        page.Context.Request += (_, request) => Keep(request.Url,
            Encoding.UTF8.GetBytes($"{request.Method} {request.Url}\n{string.Join('\n', request.Headers)}\n"), request.PostDataBuffer ?? []);
        page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => Keep(socket.Url, frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? ""));
    }

    public int FramesTo(Uri origin) => _sent.Count(piece => piece.Origin == "ws://" + origin.Authority);

    /// <summary>Whether a text went to an origin, as ASCII or UTF-16, by HTTP or WebSocket.</summary>
    public bool Holds(Uri origin, string text) => _sent
        .Where(piece => piece.Origin.EndsWith("://" + origin.Authority, StringComparison.Ordinal))
        .Any(piece => piece.Bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0 || piece.Bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0);

    private void Keep(string address, params byte[][] pieces)
    {
        var origin = new Uri(address).GetLeftPart(UriPartial.Authority);
        _sent.Enqueue((origin, [.. pieces.SelectMany(piece => piece)]));
    }
}
