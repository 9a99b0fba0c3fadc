using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaymentApp.Security;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Security;

/// <summary>How much a visitor can make the shop read and hold, found out through the real server.</summary>
public sealed class LimitsTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    [Theory]
    [InlineData(Limits.RequestBody + 1, HttpStatusCode.BadRequest)]
    [InlineData(20 * 1024 * 1024, HttpStatusCode.BadRequest)]
    public async Task A_post_larger_than_any_form_of_the_shop_is_refused(int length, HttpStatusCode expected)
    {
        using var form = new StringContent("product=" + new string('x', length - 8), Encoding.UTF8, "application/x-www-form-urlencoded");

        Assert.Equal(expected, await PostAsync("/", form));
    }

    [Fact]
    public async Task A_form_of_more_fields_than_any_of_the_shop_is_refused()
    {
        using var form = new FormUrlEncodedContent(
            Enumerable.Range(0, Limits.FormFields + 1).Select(field => KeyValuePair.Create($"field{field}", "x")));

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/", form));
    }

    [Theory]
    [InlineData(Limits.RequestBody + 1, HttpStatusCode.BadRequest)]
    [InlineData(256 * 1024 + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_webhook_has_a_limit_of_its_own(int length, HttpStatusCode expected)
    {
        using var body = new StringContent(new string('x', length));

        Assert.Equal(expected, await PostAsync("/webhooks/stripe", body));
    }

    [Fact]
    public async Task Headers_larger_than_any_browser_sends_are_refused()
    {
        using var client = new HttpClient { BaseAddress = fixture.Shop.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Padding", new string('x', Limits.RequestHeaders));

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_message_to_a_circuit_that_no_page_sends_ends_the_connection()
    {
        using var log = new LogCapture();
        await using var shop = await Shop.OpenAsync(configure: services => services.AddLogging(
            logging => logging.AddProvider(log).AddFilter<LogCapture>(category: null, LogLevel.Trace)));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(shop.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, default);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, endOfMessage: true, default);
        var buffer = new byte[1024];
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, default)).Count));

        await socket.SendAsync(LargeMessage(), WebSocketMessageType.Binary, endOfMessage: true, default);

        Assert.True(await EndsAsync(socket));
        Assert.Contains($"maximum message size of {Limits.CircuitMessage}B was exceeded", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_circuit_is_kept_for_a_shopper_in_the_banks_app_and_no_crowd_of_them_fills_the_memory()
    {
        var circuits = fixture.Shop.Services.GetRequiredService<IOptions<CircuitOptions>>().Value;

        Assert.Equal(TimeSpan.FromMinutes(5), circuits.DisconnectedCircuitRetentionPeriod);
        Assert.Equal(200, circuits.DisconnectedCircuitMaxRetained);
        Assert.Equal(Timeout.InfiniteTimeSpan, circuits.JSInteropDefaultCallTimeout);
        Assert.False(circuits.DetailedErrors);
    }

    /// <summary>A length in seven-bit groups, low ones first, and so many bytes.</summary>
    private static byte[] LargeMessage()
    {
        const int Length = Limits.CircuitMessage + 1;
        return [(Length & 0x7F) | 0x80, ((Length >> 7) & 0x7F) | 0x80, (byte)(Length >> 14), .. new byte[Length]];
    }

    private static async Task<bool> EndsAsync(WebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, patience.Token)).MessageType is not WebSocketMessageType.Close)
            {
            }

            return true;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    private async Task<HttpStatusCode> PostAsync(string path, HttpContent content)
    {
        using var client = new HttpClient { BaseAddress = fixture.Shop.Address };
        client.DefaultRequestHeaders.ExpectContinue = true;
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        return answer.StatusCode;
    }
}
