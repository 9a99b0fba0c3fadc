using System.Net.WebSockets;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Components;

/// <summary>How the messages of a circuit are sent.</summary>
public sealed class CircuitMessagesTests
{
    [Fact]
    public async Task They_are_compressed_each_by_itself_and_an_idle_circuit_keeps_nothing_for_the_next()
    {
        await using var shop = await ManualShop.OpenAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        var circuits = new UriBuilder(new Uri(shop.Shop.Address, "_blazor")) { Scheme = Uri.UriSchemeWs };

        await socket.ConnectAsync(circuits.Uri, default);

        var extension = Assert.Single(socket.HttpResponseHeaders!["Sec-WebSocket-Extensions"]);
        Assert.Subset(
            extension.Split(';', StringSplitOptions.TrimEntries).ToHashSet(), new HashSet<string> { "permessage-deflate", "server_no_context_takeover" });
    }
}
