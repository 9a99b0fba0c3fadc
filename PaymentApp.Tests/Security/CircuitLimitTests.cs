using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Security;

/// <summary>How many circuits one address may hold open beside the many of all.</summary>
public sealed class CircuitLimitTests
{
    private const string Setting = "Limits:CircuitsPerAddress";

    [Fact]
    public async Task One_address_takes_no_more_than_its_share_and_nobody_else_notices()
    {
        await using var shop = await ManualShop.OpenAsync(null, (Setting, "2"), ("Proxy:TrustedNetworks", "127.0.0.0/8"));
        using var first = await ConnectAsync(shop, "203.0.113.9");
        using var second = await ConnectAsync(shop, "203.0.113.9");
        Assert.Equal([WebSocketState.Open, WebSocketState.Open], [first.State, second.State]);

        for (var more = 0; more < 3; more++)
            Assert.Equal(HttpStatusCode.TooManyRequests, await RefusalAsync(shop, "203.0.113.9"));

        using var other = await ConnectAsync(shop, "198.51.100.1");
        Assert.Equal(WebSocketState.Open, other.State);
        var warning = Assert.Single(shop.Logs.Entries, entry => entry.Level is LogLevel.Warning && entry.Text.Contains(Setting, StringComparison.Ordinal));
        Assert.Contains("203.0.113.9", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circuit_that_ends_makes_room()
    {
        await using var shop = await ManualShop.OpenAsync(null, (Setting, "1"));
        using var first = await ConnectAsync(shop, "203.0.113.9");
        Assert.Equal(HttpStatusCode.TooManyRequests, await RefusalAsync(shop, "203.0.113.9"));

        first.Abort();

        await Eventually.TrueAsync(async () => await RefusalAsync(shop, "203.0.113.9") is null);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public async Task A_share_that_lets_nobody_in_stops_the_start_and_is_named(string share)
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => Shop.OpenAsync(settings: (Setting, share)));

        Assert.Contains(Setting, stopped.Message, StringComparison.Ordinal);
    }

    private static async Task<ClientWebSocket> ConnectAsync(ManualShop shop, string address)
    {
        var socket = Socket(address);
        await socket.ConnectAsync(Circuits(shop), default);
        return socket;
    }

    /// <summary>The status that a circuit was refused with; null where it was let in.</summary>
    private static async Task<HttpStatusCode?> RefusalAsync(ManualShop shop, string address)
    {
        using var socket = Socket(address);
        try
        {
            await socket.ConnectAsync(Circuits(shop), default);
            return null;
        }
        catch (WebSocketException)
        {
            return socket.HttpStatusCode;
        }
    }

    private static ClientWebSocket Socket(string address)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Forwarded-For", address);
        socket.Options.CollectHttpResponseDetails = true;
        return socket;
    }

    private static Uri Circuits(ManualShop shop) => new UriBuilder(shop.Shop.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;
}
