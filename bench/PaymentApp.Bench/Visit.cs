using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace PaymentApp.Bench;

/// <summary>What a browser fetched and how long a shopper waited, on one visit to a page with a card field.</summary>
/// <param name="Bytes">Of all answers and WebSocket messages, as they came over the wire.</param>
/// <param name="OwnBytes">Those that the page's own origin answered, without Blazor's script.</param>
/// <param name="Ready">From the address to a card field that can be typed in.</param>
/// <param name="CanPay">From the address to a button that can be pressed, until when the bytes are counted.</param>
/// <param name="Paid">From the click to <em>Payment complete</em>.</param>
internal sealed record Visit(int Requests, long Bytes, long OwnBytes, TimeSpan Ready, TimeSpan CanPay, TimeSpan Paid)
{
    private const float Patience = 120_000;

    /// <param name="page">A tab; what its context has in its cache makes the visit a warm one.</param>
    /// <param name="cdp">The tab's session with the browser, on which the network is enabled.</param>
    public static async Task<Visit> MakeAsync(IPage page, ICDPSession cdp, Milestones milestones, Uri address)
    {
        milestones.Begin();
        var traffic = new Traffic(cdp, address);
        var begun = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit, Timeout = Patience });
        var ready = await milestones.Ready - begun;
        var canPay = await milestones.CanPay - begun;
        var (requests, bytes, own) = traffic.Stop();

        var card = page.FrameLocator("iframe[title='Secure card payment input frame']");
        foreach (var (name, text) in new[] { ("cardnumber", Card.Good.Number), ("exp-date", "1240"), ("cvc", "123"), ("postal", "94107") })
            await card.Locator($"input[name='{name}']").PressSequentiallyAsync(text, new() { Timeout = Patience });
        milestones.Begin();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pay"), Disabled = false }).ClickAsync(new() { Timeout = Patience });
        return new Visit(
            requests, bytes, own, TimeSpan.FromMilliseconds(ready), TimeSpan.FromMilliseconds(canPay), TimeSpan.FromMilliseconds(await milestones.Paid - await milestones.Clicked));
    }

    private sealed class Traffic
    {
        private readonly ConcurrentDictionary<string, string> _addresses = new();
        private readonly Uri _origin;
        private readonly List<(ICDPSessionEvent Event, EventHandler<JsonElement?> Handler)> _heard = [];
        private int _requests;
        private long _bytes;
        private long _own;

        public Traffic(ICDPSession cdp, Uri address)
        {
            _origin = new Uri(address.GetLeftPart(UriPartial.Authority));
            Hear(cdp, "Network.requestWillBeSent", happened =>
                _addresses[happened.GetProperty("requestId").GetString()!] = happened.GetProperty("request").GetProperty("url").GetString()!);
            Hear(cdp, "Network.loadingFinished", Finish);
            foreach (var direction in new[] { "Network.webSocketFrameSent", "Network.webSocketFrameReceived" })
                Hear(cdp, direction, CountFrame);
        }

        public (int Requests, long Bytes, long OwnBytes) Stop()
        {
            foreach (var (happening, handler) in _heard)
                happening.OnEvent -= handler;
            return (_requests, _bytes, _own);
        }

        private void Hear(ICDPSession cdp, string name, Action<JsonElement> hear)
        {
            var happening = cdp.Event(name);
            EventHandler<JsonElement?> handler = (_, happened) => hear(happened!.Value);
            happening.OnEvent += handler;
            _heard.Add((happening, handler));
        }

        private void Finish(JsonElement happened)
        {
            // What comes from the cache has no length.
            if ((long)happened.GetProperty("encodedDataLength").GetDouble() is not (> 0 and var bytes)
                || !_addresses.TryGetValue(happened.GetProperty("requestId").GetString()!, out var address))
                return;
            _requests++;
            _bytes += bytes;
            if (_origin.IsBaseOf(new Uri(address)) && !address.Contains("/_framework/", StringComparison.Ordinal))
                _own += bytes;
        }

        private void CountFrame(JsonElement happened)
        {
            var frame = happened.GetProperty("response");
            var length = frame.GetProperty("payloadData").GetString()!.Length;
            // Binary frames are told in Base64.
            _bytes += frame.GetProperty("opcode").GetInt32() == 2 ? length * 3 / 4 : length;
        }
    }
}
