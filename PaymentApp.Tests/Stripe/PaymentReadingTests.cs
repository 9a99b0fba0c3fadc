using System.Text.Json.Nodes;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Stripe;

/// <summary>What Stripe's charge, refunds, disputes and fraud warnings say, and what is asked to hear it.</summary>
public sealed class PaymentReadingTests
{
    private static readonly DateTime At = DateTimeOffset.FromUnixTimeSeconds(1_780_000_000).UtcDateTime;

    private readonly StripeStub _stripe = new();

    [Fact]
    public async Task A_paid_intent_is_read_with_its_charge_refunds_and_warnings()
    {
        _stripe.Answers(200, Paid())
            .Answers(200, List(Refund("re_1", 700, "txn_1", "refund", metadata: new JsonObject { ["step"] = "key-1" })))
            .Answers(200, List(new JsonObject
            {
                ["id"] = "issfr_1",
                ["object"] = "radar.early_fraud_warning",
                ["fraud_type"] = "misc",
                ["actionable"] = true,
            }));

        var read = await AnsweredAsync();

        Assert.Equal(
            new ChargeSnapshot("ch_1", Usd(4900), Usd(4900), Usd(700), IsDisputed: false, CaptureBefore: null, PaidAt: At), read.Intent.Charge);
        Assert.Equal(
            [new RefundSnapshot("re_1", StripeBodies.IntentId, Usd(700), RefundStatus.Succeeded, null, At, StepKey: "key-1")], read.Refunds);
        Assert.Null(read.Disputes);
        Assert.Equal([new FraudWarningSnapshot("issfr_1", "misc", IsActionable: true)], read.Warnings);
        Assert.Equal(
            ["/v1/payment_intents/pi_3Test", "/v1/refunds", "/v1/radar/early_fraud_warnings"], _stripe.Requests.Select(request => request.Path));
        Assert.Equal(
            [("expand[0]", "data.balance_transaction"), ("limit", "100"), ("payment_intent", "pi_3Test")],
            _stripe.Requests[1].Form.Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public async Task An_intent_that_was_read_a_moment_ago_is_not_read_again()
    {
        _stripe.Answers(200, List());
        var current = new IntentSnapshot(
            StripeBodies.IntentId, PaymentState.Paid, Usd(4900), StripeBodies.Order, null, null, null, Usd(4900),
            new ChargeSnapshot("ch_1", Usd(4900), Usd(4900), Usd(0)));

        await AnsweredAsync(current);

        Assert.Equal(["/v1/refunds", "/v1/radar/early_fraud_warnings"], _stripe.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Where_nothing_was_taken_nothing_else_is_asked_for()
    {
        _stripe.Answers(200, StripeBodies.Intent("requires_capture", Charged(4900, 0, 0)));

        var read = await AnsweredAsync();

        Assert.Null(read.Refunds);
        Assert.Single(_stripe.Requests);
    }

    [Fact]
    public async Task Every_page_of_refunds_is_read()
    {
        _stripe.Answers(200, Paid())
            .Answers(200, List(hasMore: true, Refund("re_2", 100, "txn_2", "refund")))
            .Answers(200, List(Refund("re_1", 200, "txn_1", "refund")))
            .Answers(200, List());

        Assert.Equal(["re_2", "re_1"], (await AnsweredAsync()).Refunds!.Select(refund => refund.Id));
        Assert.Equal("re_2", _stripe.Requests[2].Form["starting_after"]);
    }

    [Theory]
    [InlineData("warning_needs_response", DisputeStatus.InquiryNeedsResponse)]
    [InlineData("warning_under_review", DisputeStatus.InquiryUnderReview)]
    [InlineData("needs_response", DisputeStatus.NeedsResponse)]
    [InlineData("under_review", DisputeStatus.UnderReview)]
    [InlineData("warning_closed", DisputeStatus.InquiryClosed)]
    [InlineData("prevented", DisputeStatus.Prevented)]
    [InlineData("won", DisputeStatus.Won)]
    [InlineData("lost", DisputeStatus.Lost)]
    public async Task A_disputed_charge_is_read_with_its_disputes(string status, DisputeStatus expected)
    {
        _stripe.Answers(200, StripeBodies.Intent("succeeded", Charged(4900, 4900, 0, charge => charge["disputed"] = true)))
            .Answers(200, List())
            .Answers(200, List(new JsonObject
            {
                ["id"] = "dp_1",
                ["object"] = "dispute",
                ["amount"] = 4900,
                ["currency"] = "usd",
                ["status"] = status,
                ["reason"] = "fraudulent",
                ["evidence_details"] = new JsonObject { ["due_by"] = 1_780_000_000 },
            }))
            .Answers(200, List());

        Assert.Equal([new DisputeSnapshot("dp_1", Usd(4900), expected, "fraudulent", At)], (await AnsweredAsync()).Disputes);
    }

    /// <summary>By API version and capture, the rest of a partial capture is a refund without a balance transaction, one of a category of its own, or none.</summary>
    [Theory]
    [InlineData(null, null, "succeeded", true)]
    [InlineData("txn_1", "partial_capture_reversal", "succeeded", true)]
    [InlineData("txn_1", "refund", "succeeded", false)]
    [InlineData(null, null, "pending", false)]
    public async Task What_a_partial_capture_released_is_told_from_what_was_given_back(string? transaction, string? category, string status, bool isRelease)
    {
        _stripe.Answers(200, StripeBodies.Intent("succeeded", Charged(4900, 4000, 900)))
            .Answers(200, List(Refund("re_1", 900, transaction, category, status)))
            .Answers(200, List());

        Assert.Equal(isRelease, Assert.Single((await AnsweredAsync()).Refunds!).IsRelease);
    }

    [Fact]
    public async Task A_whole_capture_releases_nothing()
    {
        _stripe.Answers(200, StripeBodies.Intent("succeeded", Charged(4900, 4900, 900)))
            .Answers(200, List(Refund("re_1", 900, null, null)))
            .Answers(200, List());

        Assert.False(Assert.Single((await AnsweredAsync()).Refunds!).IsRelease);
    }

    [Fact]
    public async Task A_hold_says_when_it_ends()
    {
        _stripe.Answers(200, StripeBodies.Intent(
            "requires_capture",
            Charged(4900, 0, 0, charge => charge["payment_method_details"]!["card"]!["capture_before"] = 1_780_000_000)));

        Assert.Equal((At, null), ((await AnsweredAsync()).Intent.Charge!.CaptureBefore, (await AnsweredAsync()).Intent.Charge!.PaidAt));
    }

    [Fact]
    public async Task A_hold_was_paid_when_it_was_captured()
    {
        _stripe.Answers(200, StripeBodies.Intent("succeeded", intent =>
            {
                intent["capture_method"] = "manual";
                Charged(4900, 4900, 0, charge => charge["balance_transaction"] = Transaction("txn_1", "charge", created: 1_780_090_000))(intent);
            }))
            .Answers(200, List());

        Assert.Equal(At.AddSeconds(90_000), (await AnsweredAsync()).Intent.Charge!.PaidAt);
    }

    [Fact]
    public async Task A_charge_that_the_bank_declined_is_none()
    {
        _stripe.Answers(200, StripeBodies.Intent("requires_payment_method", Charged(4900, 0, 0, charge => charge["status"] = "failed")));

        Assert.Null((await AnsweredAsync()).Intent.Charge);
    }

    [Theory]
    [InlineData("""{"id":"re_1","object":"refund","amount":1,"currency":"usd","payment_intent":"pi_3Test","status":"a_status_of_next_year"}""")]
    [InlineData("""{"id":"","object":"refund","amount":1,"currency":"usd","payment_intent":"pi_3Test","status":"succeeded"}""")]
    public async Task What_cannot_be_read_whole_is_not_read_at_all(string refund)
    {
        _stripe.Answers(200, Paid()).Answers(200, List(JsonNode.Parse(refund)!));

        Assert.IsType<GatewayAnswer<PaymentSnapshot>.Unknown>(await _stripe.Gateway().ReadPaymentAsync(StripeBodies.IntentId));
    }

    [Theory]
    [InlineData("charge_already_refunded", null)]
    [InlineData("charge_disputed", null)]
    [InlineData("refund_disputed_payment", null)]
    [InlineData("amount_too_large", null)]
    [InlineData(null, "amount")]
    public async Task A_refund_that_Stripe_knows_better_about_is_overtaken(string? code, string? param)
    {
        _stripe.Answers(400, StripeBodies.Error("invalid_request_error", code, param: param));

        var overtaken = Assert.IsType<GatewayAnswer<RefundSnapshot>.Overtaken>(
            await _stripe.Gateway().RefundAsync(StripeBodies.IntentId, Usd(1000), null, "key"));

        Assert.Equal(new PaymentFailure(FailureReason.ServiceBusy, code), overtaken.Failure);
    }

    [Theory]
    [InlineData("amount_too_large", "amount_to_capture", "requires_capture")]
    [InlineData("charge_expired_for_capture", null, "requires_capture")]
    [InlineData("capture_charge_authorization_expired", null, null)]
    [InlineData("payment_intent_unexpected_state", null, null)]
    public async Task A_capture_that_Stripe_knows_better_about_is_overtaken(string code, string? param, string? status)
    {
        var intent = status is null ? null : StripeBodies.IntentNode(status);
        _stripe.Answers(400, StripeBodies.Error("invalid_request_error", code, param: param, intent: intent));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Overtaken>(await _stripe.Gateway().CaptureAsync(StripeBodies.IntentId, Usd(1000), "key"));
    }

    private static string Paid() => StripeBodies.Intent("succeeded", Charged(4900, 4900, 700));

    private static Action<JsonObject> Charged(long amount, long captured, long refunded, Action<JsonObject>? change = null) => intent =>
    {
        var charge = StripeBodies.Charge();
        (charge["amount"], charge["amount_captured"], charge["amount_refunded"]) = (amount, captured, refunded);
        (charge["created"], charge["currency"], charge["disputed"]) = (1_780_000_000, "usd", false);
        change?.Invoke(charge);
        intent["latest_charge"] = charge;
    };

    private static JsonObject Refund(
        string id, long amount, string? transaction, string? category, string status = "succeeded", JsonObject? metadata = null) => new()
        {
            ["id"] = id,
            ["object"] = "refund",
            ["amount"] = amount,
            ["balance_transaction"] = transaction is null ? null : Transaction(transaction, category!),
            ["created"] = 1_780_000_000,
            ["currency"] = "usd",
            ["metadata"] = metadata ?? new JsonObject(),
            ["payment_intent"] = "pi_3Test",
            ["status"] = status,
        };

    private static JsonObject Transaction(string id, string category, long created = 1_780_000_000) => new()
    {
        ["id"] = id,
        ["object"] = "balance_transaction",
        ["created"] = created,
        ["reporting_category"] = category,
    };

    private static string List(params JsonNode[] objects) => List(hasMore: false, objects);

    private static string List(bool hasMore, params JsonNode[] objects) =>
        new JsonObject { ["object"] = "list", ["url"] = "/v1/refunds", ["has_more"] = hasMore, ["data"] = new JsonArray(objects) }.ToJsonString();

    private static Money Usd(long minorUnits) => new(minorUnits, Currency.Usd);

    private async Task<PaymentSnapshot> AnsweredAsync(IntentSnapshot? current = null) =>
        Assert.IsType<GatewayAnswer<PaymentSnapshot>.Answered>(await _stripe.Gateway().ReadPaymentAsync(StripeBodies.IntentId, current)).Value;
}
