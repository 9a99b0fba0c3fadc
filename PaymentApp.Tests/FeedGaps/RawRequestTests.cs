using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Stripe;

namespace PaymentApp.Tests.FeedGaps;

/// <summary>What goes over the wire, byte for byte, through the client's default handler.</summary>
public sealed class RawRequestTests
{
    [Fact]
    public async Task A_create_is_sent_as_Stripe_net_sends_it()
    {
        var request = await SentBy(client => client.V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = 1999,
                Currency = "usd",
                Confirm = true,
                ConfirmationMethod = "manual",
                PaymentMethod = "pm_card_visa",
                PaymentMethodTypes = ["card"],
                UseStripeSdk = true,
                Metadata = new() { ["order_id"] = "42" },
            },
            new RequestOptions { IdempotencyKey = "order-42-attempt-1" }));

        Assert.Equal(
            """
            POST /v1/payment_intents HTTP/1.1
            User-Agent: Stripe/V1 .NetBindings/52.2.0
            Authorization: Bearer sk_test_123
            X-Stripe-Client-User-Agent: (json)
            Stripe-Version: 2026-07-29.dahlia
            Idempotency-Key: order-42-attempt-1
            Content-Type: application/x-www-form-urlencoded; charset=utf-8

            amount=1999&confirm=true&confirmation_method=manual&currency=usd&metadata[order_id]=42&payment_method=pm_card_visa&payment_method_types[0]=card&use_stripe_sdk=true
            """.ReplaceLineEndings("\n"),
            request);
    }

    [Fact]
    public async Task A_confirm_without_options_is_sent_with_an_empty_form()
    {
        var request = await SentBy(client => client.V1.PaymentIntents.ConfirmAsync(
            "pi_1", requestOptions: new RequestOptions { IdempotencyKey = "k" }));

        Assert.StartsWith("POST /v1/payment_intents/pi_1/confirm HTTP/1.1\n", request, StringComparison.Ordinal);
        Assert.EndsWith("Content-Type: application/x-www-form-urlencoded; charset=utf-8\n\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_get_carries_its_parameters_in_the_query_and_no_idempotency_key()
    {
        var options = new PaymentIntentGetOptions();
        options.AddExpand("latest_charge");

        var request = await SentBy(client => client.V1.PaymentIntents.GetAsync("pi_1", options));

        Assert.Equal(
            """
            GET /v1/payment_intents/pi_1?expand[0]=latest_charge HTTP/1.1
            User-Agent: Stripe/V1 .NetBindings/52.2.0
            Authorization: Bearer sk_test_123
            X-Stripe-Client-User-Agent: (json)
            Stripe-Version: 2026-07-29.dahlia


            """.ReplaceLineEndings("\n"),
            request);
    }

    [Fact]
    public async Task A_request_may_use_another_key_and_act_for_a_connected_account()
    {
        var request = await SentBy(client => client.V1.Charges.GetAsync(
            "ch_1", requestOptions: new RequestOptions { ApiKey = "sk_test_other", StripeAccount = "acct_1" }));

        Assert.Contains("\nAuthorization: Bearer sk_test_other\n", request, StringComparison.Ordinal);
        Assert.Contains("\nStripe-Account: acct_1\n", request, StringComparison.Ordinal);
    }

    private static async Task<string> SentBy(Func<StripeClient, Task> call)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = AnswerOneAsync(listener);
        var client = new StripeClient(new StripeClientOptions
        {
            ApiKey = "sk_test_123",
            ApiBase = $"http://{listener.LocalEndpoint}",
            HttpClient = new SystemNetHttpClient(maxNetworkRetries: 0, enableTelemetry: false),
        });

        await call(client);
        return Comparable(await received);
    }

    private static async Task<string> AnswerOneAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await using var stream = connection.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(request.ToString()))
            request.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer)));

        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray());
        return request.ToString();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end >= 0 && request.Length - end - 4 >= ContentLength(request);
    }

    private static int ContentLength(string request) => request.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))
        .Select(line => int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture))
        .SingleOrDefault();

    /// <summary>Without the port, the length and the machine, which differ from run to run.</summary>
    private static string Comparable(string request) => string.Join('\n', request.Split("\r\n")
        .Where(line => !line.StartsWith("Host: ", StringComparison.Ordinal) && !line.StartsWith("Content-Length: ", StringComparison.Ordinal))
        .Select(line => line.StartsWith("X-Stripe-Client-User-Agent: ", StringComparison.Ordinal) ? ClientUserAgent(line) : line));

    private static string ClientUserAgent(string line)
    {
        using var json = JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Equal("52.2.0", json.RootElement.GetProperty("bindings_version").GetString());
        Assert.Equal(".net", json.RootElement.GetProperty("lang").GetString());
        return "X-Stripe-Client-User-Agent: (json)";
    }
}
