using System.Net;
using System.Net.Sockets;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Stripe;

/// <summary>Real sockets: only a connection that was never made is sure to have carried nothing.</summary>
public sealed class BrokenConnectionTests
{
    private readonly StripeStub _stripe = new();

    [Fact]
    public async Task A_refused_connection_carried_nothing()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await AskAsync($"http://{taken.LocalEndPoint}"));
    }

    [Fact]
    public async Task A_handshake_that_fails_carried_nothing()
    {
        await using var noTls = BrokenStripe.SpeaksNoTls();

        Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await AskAsync(noTls.Address.Replace("http:", "https:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_request_that_was_read_and_not_answered_is_unknown() =>
        await MustBeUnknownAsync(BrokenStripe.ClosesWithoutAnswer());

    [Fact]
    public async Task A_request_that_was_read_and_reset_is_unknown() =>
        await MustBeUnknownAsync(BrokenStripe.ResetsAfterReading());

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n{\"id\":\"pi_3Test\",\"status\":\"succ")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"id\":\"pi_3Test\"")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task An_answer_that_breaks_off_is_unknown(string answer) => await MustBeUnknownAsync(BrokenStripe.Says(answer));

    [Fact]
    public async Task A_request_that_was_reset_while_it_was_read_is_unknown_because_nobody_can_tell_how_far_it_got()
    {
        await using var broken = BrokenStripe.ResetsWhileReading();

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await AskAsync(broken.Address));
    }

    private async Task MustBeUnknownAsync(BrokenStripe broken)
    {
        await using (broken)
        {
            Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await AskAsync(broken.Address));
            Assert.True(broken.Requests >= 5, $"{broken.Requests} requests arrived.");
        }
    }

    private async Task<GatewayAnswer<IntentSnapshot>> AskAsync(string address)
    {
        using var sockets = new SocketsHttpHandler();
        return await _stripe.Gateway(sockets, address).CreateAsync(StripeBodies.NewIntent(), "key");
    }
}
