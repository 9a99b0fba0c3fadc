using System.Globalization;
using System.Text;
using StripeSandbox.Objects;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Sandbox;

/// <summary>
/// Requests that nobody would write: none may bring the sandbox to a 5xx. <c>SANDBOX_FUZZ</c> sets how many,
/// <c>SANDBOX_SEED</c> plays a failed run again.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Paths =
    [
        "/v1/payment_intents", "/v1/payment_intents/{pi}", "/v1/payment_intents/{pi}/confirm", "/v1/payment_intents/{pi}/cancel",
        "/v1/payment_intents/{pi}/capture", "/v1/payment_methods", "/v1/payment_methods/{pm}", "/v1/payment_methods/{pm}/attach",
        "/v1/payment_methods/{pm}/detach", "/v1/customers", "/v1/customers/{cus}", "/v1/customers/{cus}/payment_methods",
        "/v1/customers/{cus}/payment_methods/{pm}", "/v1/charges", "/v1/charges/{ch}", "/v1/refunds",
        "/v1/refunds/{re}", "/v1/refunds/{re}/cancel", "/v1/events", "/v1/events/{evt}", "/v1/disputes", "/v1/balance_transactions/{txn}",
        "/v1/webhook_endpoints", "/v1/webhook_endpoints/{we}", "/three-ds/{src}", "/_sandbox/faults?x", "/_sandbox/clock", "/_sandbox/books",
        "/v1/setup_intents", "/v1/setup_intents/{seti}", "/v1/setup_intents/{seti}/confirm", "/v1/setup_intents/{seti}/cancel", "/v1/setup_attempts",
        "/_sandbox/setup_intents/{seti}/challenge", "/_sandbox/deliveries", "/_sandbox/payment_intents/{pi}/challenge", "/v1/%F0%9F%92%B3", "/v1/payment_intents/%00",
    ];

    private static readonly string[] Names =
    [
        "amount", "currency", "confirm", "confirmation_method", "capture_method", "payment_method", "payment_method_data[type]",
        "payment_method_data[card][number]", "payment_method_types[]", "metadata[a]", "metadata", "expand[]", "expand[0]", "expand", "shipping[name]",
        "shipping[address][line1]", "shipping", "off_session", "error_on_requires_action", "use_stripe_sdk", "return_url", "limit", "starting_after",
        "ending_before", "created[gte]", "created", "type", "types[]", "card[number]", "card[exp_month]", "card[exp_year]", "card[cvc]", "card",
        "amount_to_capture", "payment_intent", "charge", "reason", "cancellation_reason", "client_secret", "outcome", "url", "enabled_events[]",
        "automatic_payment_methods[enabled]", "automatic_payment_methods", "payment_method_options[card][request_three_d_secure]", "receipt_email",
        "setup_future_usage", "setup_intent", "usage", "flow_directions[]", "attach_to_self", "transfer_data[destination]", "transfer_data", "advance",
        "customer", "email", "name", "address[city]", "address", "shipping[address]", "invoice_settings[default_payment_method]", "invoice_settings",
        "invoice_settings[custom_fields][0][name]", "invoice_settings[custom_fields][]", "invoice_settings[rendering_options][template]",
        "preferred_locales[]", "tax_exempt", "payment_method_options[card][setup_future_usage]", "payment_method_options", "billing_details[address][city]",
        "card[networks][preferred]", "allow_redisplay", "[", "]", "a[b", "a[[b]]", "a[]b]", "", "key", "_stripe_version",
    ];

    private static readonly string[] Values =
    [
        "", "0", "1", "-1", "50", "1999", "99999999", "100000000", "9223372036854775807", "9223372036854775808", "1e9", "1.5", "NaN", "usd", "USD", "jpy",
        "kwd", "zzz", "true", "false", "yes", "manual", "automatic", "card", "ideal", "pm_card_visa", "pm_card_chargeDeclined",
        "pm_card_authenticationRequired", "pm_card_", "tok_visa", "4242424242424242", "4242424242424241", "12", "34", "2034", "123", "latest_charge",
        "data.latest_charge", "latest_charge.payment_intent.latest_charge.payment_intent", "a.b.c.d.e.f", ".", "succeed", "fail", "http://127.0.0.1:9/",
        "javascript:alert(1)", "nobody@example.com", "*", "{pi}", "{pm}", "{ch}", "{re}", "{seti}", "inbound", "%00", "\u0000", "ſ", "💳", "' OR 1=1 --", "any", "abandoned",
        "2026-09-30.endive", "off_session",
        "on_session", "none", "{cus}", "customer", "payment_method.customer", "data.customer", "invoice_settings", "pm_card_chargeCustomerFail", new string('x', 6_000),
    ];

    [Fact]
    public async Task No_request_makes_it_fail()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SANDBOX_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
        var count = int.TryParse(Environment.GetEnvironmentVariable("SANDBOX_FUZZ"), CultureInfo.InvariantCulture, out var asked) ? asked : 4_000;
        output.WriteLine($"Replay with SANDBOX_SEED={seed}");
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await sandbox.PayAsync("pm_card_visa");
        await sandbox.PayAsync("pm_card_authenticationRequired");
        await sandbox.SetUpAsync("pm_card_authenticationRequired");
        await sandbox.PostAsync("/v1/customers", ("payment_method", "pm_card_visa"));
        await sandbox.PostAsync("/v1/refunds", ("payment_intent", sandbox.Server.Books.All<PaymentIntent>().First().Id), ("amount", "1"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(client => ThrowAsync(sandbox, new Random(seed + client), count / 4)));

        Assert.All(sandbox.Server.Books.All<PaymentIntent>(), intent => Assert.True(
            intent.Status switch
            {
                IntentStatus.RequiresAction => intent.Attempt is { IsAuthenticated: false },
                IntentStatus.Succeeded => intent.AmountReceived > 0 && intent.LatestCharge is not null,
                IntentStatus.RequiresCapture => intent.AmountCapturable == intent.Amount,
                IntentStatus.RequiresPaymentMethod => intent is { Attempt: null, AmountReceived: 0 },
                _ => true,
            }, intent.ToString()));
        Assert.All(sandbox.Server.Books.All<SetupIntent>(), setup => Assert.True(
            setup.Status switch
            {
                IntentStatus.RequiresAction => setup is { Attempt: not null, PaymentMethod: not null, LatestAttempt: not null },
                IntentStatus.Succeeded => setup is { Attempt: null, PaymentMethod: not null, LastSetupError: null, LatestAttempt: not null },
                IntentStatus.RequiresPaymentMethod => setup is { Attempt: null, PaymentMethod: null },
                IntentStatus.RequiresConfirmation => setup is { Attempt: null, PaymentMethod: not null },
                IntentStatus.Canceled => setup.Attempt is null,
                _ => false,
            }, setup.ToString()));
        SavedCardModel.AssertAgree(sandbox);
    }

    private async Task ThrowAsync(SandboxUnderTest sandbox, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var method = new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Post, HttpMethod.Post, HttpMethod.Delete }[random.Next(5)];
            var path = Fill(sandbox, random, Paths[random.Next(Paths.Length)]);
            var pairs = Enumerable.Range(0, random.Next(7)).Select(_ =>
                $"{Escape(random, Names[random.Next(Names.Length)])}={Escape(random, Fill(sandbox, random, Values[random.Next(Values.Length)]))}");
            var form = string.Join('&', pairs);
            using var request = new HttpRequestMessage(method, method == HttpMethod.Post ? path : $"{path}?{form}");
            if (method == HttpMethod.Post)
                request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
            if (random.Next(3) == 0)
                request.Headers.TryAddWithoutValidation("Idempotency-Key", $"key-{random.Next(10)}");
            request.Headers.Authorization = new("Bearer", random.Next(10) == 0 ? SandboxUnderTest.PublishableKey : SandboxUnderTest.SecretKey);

            using var answer = await sandbox.Http.SendAsync(request);
            if ((int)answer.StatusCode >= 500)
                output.WriteLine($"{method} {path} {form}");
            Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode} for {method} {path} {form}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static string Fill(SandboxUnderTest sandbox, Random random, string text)
    {
        var books = sandbox.Server.Books;
        return text
            .Replace("{pi}", Any<PaymentIntent>(), StringComparison.Ordinal)
            .Replace("{seti}", Any<SetupIntent>(), StringComparison.Ordinal)
            .Replace("{pm}", Any<PaymentMethod>(), StringComparison.Ordinal)
            .Replace("{cus}", Any<Customer>(), StringComparison.Ordinal)
            .Replace("{ch}", Any<Charge>(), StringComparison.Ordinal)
            .Replace("{re}", Any<Refund>(), StringComparison.Ordinal)
            .Replace("{evt}", Any<Event>(), StringComparison.Ordinal)
            .Replace("{txn}", Any<BalanceTransaction>(), StringComparison.Ordinal)
            .Replace("{we}", Any<WebhookEndpoint>(), StringComparison.Ordinal)
            .Replace("{src}", Any<Challenge>(), StringComparison.Ordinal);

        string Any<T>()
            where T : StripeObject
        {
            var shelf = books.Shelf<T>();
            return shelf.Count == 0 || random.Next(20) == 0 ? "nobody" : shelf[random.NextInt64(shelf.Count)].Value.Id;
        }
    }

    private static string Escape(Random random, string text) => random.Next(8) == 0 ? text.Replace("\u0000", "", StringComparison.Ordinal) : Uri.EscapeDataString(text);
}
