using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Stripe;

/// <summary>What the gateway puts on a real socket, byte for byte: header by header, and the form as it is encoded.</summary>
public sealed class WireTests
{
    private const string Form = "application/x-www-form-urlencoded; charset=utf-8";

    [Theory]
    [InlineData(null, "2026-10-28.endive", "allowed_payment_method_types[0]=card")]
    [InlineData("2026-08-26.dahlia", "2026-08-26.dahlia", "payment_method_types[0]=card")]
    public async Task A_create_names_its_version_its_key_and_that_cards_pay(string? apiVersion, string named, string types)
    {
        var sent = await SentByAsync(gateway => gateway.CreateAsync(StripeBodies.NewIntent(), "order-42-attempt-1"), apiVersion);

        Assert.Equal("POST /v1/payment_intents HTTP/1.1", sent.Line);
        Assert.Equal("Bearer sk_test_123", sent.Headers["Authorization"]);
        Assert.Equal("Stripe/V1 .NetBindings/53.1.0", sent.Headers["User-Agent"]);
        Assert.Equal(named, sent.Headers["Stripe-Version"]);
        Assert.Equal("order-42-attempt-1", sent.Headers["Idempotency-Key"]);
        Assert.Equal(Form, sent.Headers["Content-Type"]);
        using var client = JsonDocument.Parse(sent.Headers["X-Stripe-Client-User-Agent"]);
        Assert.Equal(".net", client.RootElement.GetProperty("lang").GetString());
        // The order of parameters means nothing to Stripe.
        Assert.Equal(
            new[]
            {
                "amount=4900", "confirm=true", "confirmation_method=manual", "currency=usd", "description=Order+AB23-CD456",
                "expand[0]=latest_charge", "metadata[order_id]=0123456789abcdef0123456789abcdef", "metadata[order_number]=AB23-CD456",
                "payment_method=pm_1", types, "use_stripe_sdk=true",
            }.Order(StringComparer.Ordinal),
            sent.Body.Split('&').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_read_has_its_parameters_in_the_query_and_neither_key_nor_body()
    {
        var sent = await SentByAsync(gateway => gateway.RetrieveAsync(PaymentIntentId.Parse("pi_1")));

        Assert.Equal("GET /v1/payment_intents/pi_1?expand[0]=latest_charge&expand[1]=latest_charge.balance_transaction HTTP/1.1", sent.Line);
        Assert.DoesNotContain("Idempotency-Key", sent.Headers.Keys);
        Assert.Equal("", sent.Body);
    }

    [Fact]
    public async Task A_cancel_without_a_reason_asks_for_the_charge_alone()
    {
        var sent = await SentByAsync(gateway => gateway.CancelAsync(PaymentIntentId.Parse("pi_1"), reason: null, "key"));

        Assert.Equal("POST /v1/payment_intents/pi_1/cancel HTTP/1.1", sent.Line);
        Assert.Equal((Form, "expand[0]=latest_charge"), (sent.Headers["Content-Type"], sent.Body));
    }

    [Theory]
    [InlineData("Müller & Söhne", "M%C3%BCller+%26+S%C3%B6hne")]
    [InlineData("a=b+c", "a%3Db%2Bc")]
    [InlineData("[x]", "[x]")]
    public async Task Text_is_escaped_but_for_brackets(string number, string escaped)
    {
        var sent = await SentByAsync(gateway => gateway.CreateAsync(StripeBodies.NewIntent(number: number), "key"));

        Assert.Contains($"&metadata[order_number]={escaped}&", sent.Body + "&", StringComparison.Ordinal);
    }

    /// <summary>Sends what one call of the gateway sends, to a listener that answers with an intent.</summary>
    private static async Task<Sent> SentByAsync(Func<IPaymentGateway, Task<GatewayAnswer<IntentSnapshot>>> call, string? apiVersion = null)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = AnswerOneAsync(listener);
        using var sockets = new SocketsHttpHandler();

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await call(new StripeStub().Gateway(sockets, $"http://{listener.LocalEndpoint}", apiVersion: apiVersion)));

        return await received;
    }

    private static async Task<Sent> AnswerOneAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await using var stream = connection.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        Sent sent;
        do
            request.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        while (!IsWhole(request.ToString(), out sent));

        var intent = StripeBodies.Intent("succeeded");
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {intent.Length}\r\nConnection: close\r\n\r\n{intent}"));
        return sent;
    }

    private static bool IsWhole(string request, out Sent sent)
    {
        var parts = request.Split("\r\n\r\n", 2);
        var lines = parts[0].Split("\r\n");
        sent = new Sent(
            lines[0],
            lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(header => header[0], header => header[^1], StringComparer.OrdinalIgnoreCase),
            parts[^1]);
        return parts is [_, var body]
            && body.Length >= int.Parse(sent.Headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
    }

    private sealed record Sent(string Line, IReadOnlyDictionary<string, string> Headers, string Body);
}
