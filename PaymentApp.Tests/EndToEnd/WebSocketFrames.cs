using Microsoft.Playwright;

namespace PaymentApp.Tests.EndToEnd;

internal static class WebSocketFrames
{
    /// <summary>Sends a frame on as the kind that it is.</summary>
    public static void Send(this IWebSocketRoute to, IWebSocketFrame frame)
    {
        if (frame.Binary is { } bytes)
            to.Send(bytes);
        else
            to.Send(frame.Text!);
    }
}
