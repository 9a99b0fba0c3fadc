using System.Text.Json.Nodes;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Stripe;

/// <summary>What goes to Stripe, parameter for parameter.</summary>
public sealed class StripeRequestTests
{
    private readonly StripeStub _stripe = new StripeStub().Answers(200, StripeBodies.Intent("succeeded"));

    [Theory]
    [InlineData(null, "allowed_payment_method_types[0]", AuthenticationMode.Handle, "use_stripe_sdk")]
    [InlineData(null, "allowed_payment_method_types[0]", AuthenticationMode.Decline, "error_on_requires_action")]
    [InlineData("2026-09-30.endive", "allowed_payment_method_types[0]", AuthenticationMode.Handle, "use_stripe_sdk")]
    [InlineData("2026-08-26.dahlia", "payment_method_types[0]", AuthenticationMode.Handle, "use_stripe_sdk")]
    [InlineData("2024-06-20", "payment_method_types[0]", AuthenticationMode.Decline, "error_on_requires_action")]
    public async Task A_create_confirms_by_hand_and_says_in_its_dialect_that_cards_pay(
        string? apiVersion, string types, AuthenticationMode authentication, string integration)
    {
        await _stripe.Gateway(apiVersion: apiVersion).CreateAsync(StripeBodies.NewIntent(authentication), "key-1");

        MustBe("POST", "/v1/payment_intents", "key-1",
            ("amount", "4900"), ("currency", "usd"), ("payment_method", "pm_1"), (types, "card"), ("confirm", "true"),
            ("confirmation_method", "manual"), (integration, "true"), ("description", "Order AB23-CD456"),
            ("metadata[order_id]", StripeBodies.Order.Value), ("metadata[order_number]", "AB23-CD456"), ("expand[0]", "latest_charge"));
    }

    [Fact]
    public async Task A_create_that_only_holds_the_amount_says_so()
    {
        await _stripe.Gateway().CreateAsync(StripeBodies.NewIntent() with { Capture = CaptureMode.Manual }, "key-1");

        Assert.Equal("manual", Assert.Single(_stripe.Requests).Form["capture_method"]);
    }

    [Theory]
    [InlineData(AuthenticationMode.Handle, "use_stripe_sdk")]
    [InlineData(AuthenticationMode.Decline, "error_on_requires_action")]
    public async Task A_confirm_with_another_card_names_that_card(AuthenticationMode authentication, string integration)
    {
        await _stripe.Gateway().ConfirmAsync(StripeBodies.IntentId, new Confirmation(PaymentMethodId.Parse("pm_2"), authentication), "key-2");

        MustBe("POST", "/v1/payment_intents/pi_3Test/confirm", "key-2",
            ("payment_method", "pm_2"), (integration, "true"), ("expand[0]", "latest_charge"));
    }

    [Theory]
    [InlineData(AuthenticationMode.Handle, "use_stripe_sdk")]
    [InlineData(AuthenticationMode.Decline, "error_on_requires_action")]
    public async Task A_confirm_after_authentication_names_no_card(AuthenticationMode authentication, string integration)
    {
        await _stripe.Gateway().ConfirmAsync(StripeBodies.IntentId, new Confirmation(null, authentication), "key-3");

        MustBe("POST", "/v1/payment_intents/pi_3Test/confirm", "key-3", (integration, "true"), ("expand[0]", "latest_charge"));
    }

    [Fact]
    public async Task A_read_carries_no_key_and_asks_for_the_charge()
    {
        await _stripe.Gateway().RetrieveAsync(StripeBodies.IntentId);

        MustBe(
            "GET", "/v1/payment_intents/pi_3Test", null, ("expand[0]", "latest_charge"), ("expand[1]", "latest_charge.balance_transaction"));
    }

    [Theory]
    [InlineData("jpy", 1800, "1800")]
    [InlineData("kwd", 1230, "1230")]
    [InlineData("isk", 500, "500")]
    public async Task An_amount_is_sent_in_the_minor_units_of_its_currency(string currency, long minor, string sent)
    {
        await _stripe.Gateway().CreateAsync(StripeBodies.NewIntent(amount: new Money(minor, Currency.Of(currency))), "key");

        Assert.Equal((sent, currency), (_stripe.Requests[0].Form["amount"], _stripe.Requests[0].Form["currency"]));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(3000L, "3000")]
    public async Task A_capture_names_its_amount_where_it_takes_a_part(long? minor, string? sent)
    {
        await _stripe.Gateway().CaptureAsync(StripeBodies.IntentId, minor is { } part ? new Money(part, Currency.Usd) : null, "key-4");

        MustBe("POST", "/v1/payment_intents/pi_3Test/capture", "key-4",
            [.. sent is null ? Array.Empty<(string, string)>() : [("amount_to_capture", sent)], ("expand[0]", "latest_charge"),
                ("expand[1]", "latest_charge.balance_transaction")]);
    }

    [Fact]
    public async Task A_cancel_says_why()
    {
        await _stripe.Gateway().CancelAsync(StripeBodies.IntentId, "abandoned", "key-5");

        MustBe("POST", "/v1/payment_intents/pi_3Test/cancel", "key-5", ("cancellation_reason", "abandoned"), ("expand[0]", "latest_charge"));
    }

    [Fact]
    public async Task A_cancel_without_a_reason_asks_for_the_charge_alone()
    {
        await _stripe.Gateway().CancelAsync(StripeBodies.IntentId, null, "key-5");

        MustBe("POST", "/v1/payment_intents/pi_3Test/cancel", "key-5", ("expand[0]", "latest_charge"));
    }

    [Fact]
    public async Task A_refund_names_the_intent_the_amount_and_the_reason()
    {
        var refunding = new StripeStub().Answers(
            200, """{"id":"re_1","object":"refund","amount":1000,"created":1780000000,"currency":"usd","payment_intent":"pi_3Test","status":"succeeded"}""");

        Assert.Equal(
            new RefundSnapshot(
                "re_1", StripeBodies.IntentId, new Money(1000, Currency.Usd), RefundStatus.Succeeded, FailureCode: null,
                DateTimeOffset.FromUnixTimeSeconds(1_780_000_000).UtcDateTime),
            Assert.IsType<GatewayAnswer<RefundSnapshot>.Answered>(
                await refunding.Gateway().RefundAsync(StripeBodies.IntentId, new Money(1000, Currency.Usd), "duplicate", "key-6")).Value);

        MustBe(refunding, "POST", "/v1/refunds", "key-6", ("payment_intent", "pi_3Test"), ("amount", "1000"), ("reason", "duplicate"), ("metadata[step]", "key-6"));
    }

    [Fact]
    public async Task A_search_has_both_bounds_and_goes_on_after_the_last_of_a_page()
    {
        var other = StripeBodies.IntentNode("succeeded", intent => intent["metadata"] = new JsonObject());
        var pages = new StripeStub().Answers(200, Page(hasMore: true, other)).Answers(200, Page(hasMore: false, StripeBodies.IntentNode("succeeded")));
        var tried = Time(1_780_000_300);

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await pages.Gateway().SearchAsync(StripeBodies.Order, tried, tried));

        Assert.Collection(
            pages.Requests,
            first => Assert.Equal(
                [("created[gte]", "1780000000"), ("created[lte]", "1780000660"), ("expand[0]", "data.latest_charge"), ("limit", "100")],
                first.Form.Select(pair => (pair.Key, pair.Value)).Order()),
            second => Assert.Equal("pi_3Test", second.Form["starting_after"]));
    }

    [Fact]
    public async Task A_search_looks_around_the_first_try_before_it_looks_at_the_time_until_the_last()
    {
        var pages = new StripeStub().Answers(200, Page(hasMore: false)).Answers(200, Page(hasMore: false));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Rejected>(
            await pages.Gateway().SearchAsync(StripeBodies.Order, Time(1_780_000_300), Time(1_780_080_000)));

        Assert.Equal(
            [("1780000000", "1780000660"), ("1780000660", "1780080360")],
            pages.Requests.Select(request => (request.Form["created[gte]"], request.Form["created[lte]"])));
    }

    private static DateTime Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;

    private static string Page(bool hasMore, params JsonNode[] intents) => new JsonObject
    {
        ["object"] = "list",
        ["url"] = "/v1/payment_intents",
        ["has_more"] = hasMore,
        ["data"] = new JsonArray(intents),
    }.ToJsonString();

    [Theory]
    [InlineData(null, "2026-10-28.endive")]
    [InlineData("2026-09-30.endive", "2026-09-30.endive")]
    [InlineData("2026-08-26.dahlia", "2026-08-26.dahlia")]
    [InlineData("2024-06-20", "2024-06-20")]
    public async Task Every_request_names_the_version_of_its_dialect_once(string? apiVersion, string named)
    {
        var gateway = _stripe.Gateway(apiVersion: apiVersion);
        await gateway.CreateAsync(StripeBodies.NewIntent(), "key");
        await gateway.ConfirmAsync(StripeBodies.IntentId, new Confirmation(null, AuthenticationMode.Handle), "key");
        await gateway.RetrieveAsync(StripeBodies.IntentId);

        Assert.All(_stripe.Requests, request => Assert.Equal(named, request.ApiVersion));
    }

    private void MustBe(string method, string path, string? key, params (string Name, string Value)[] form) =>
        MustBe(_stripe, method, path, key, form);

    private static void MustBe(StripeStub stripe, string method, string path, string? key, params (string Name, string Value)[] form)
    {
        var request = Assert.Single(stripe.Requests);
        Assert.Equal((method, path, key), (request.Method, request.Path, request.IdempotencyKey));
        Assert.Equal(
            form.OrderBy(pair => pair.Name, StringComparer.Ordinal),
            request.Form.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }
}
