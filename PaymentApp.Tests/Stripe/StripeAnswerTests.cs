using System.Text.Json.Nodes;
using PaymentApp.Payments;
using static PaymentApp.Payments.FailureReason;

namespace PaymentApp.Tests.Stripe;

/// <summary>What comes back from Stripe, as HTTP has it, and what the shop makes of it.</summary>
public sealed class StripeAnswerTests
{
    private readonly StripeStub _stripe = new();

    [Theory]
    [InlineData("requires_payment_method", PaymentState.AwaitingPayment)]
    [InlineData("requires_action", PaymentState.AwaitingAuthentication)]
    [InlineData("requires_confirmation", PaymentState.AwaitingConfirmation)]
    [InlineData("processing", PaymentState.Processing)]
    [InlineData("requires_capture", PaymentState.Authorized)]
    [InlineData("succeeded", PaymentState.Paid)]
    [InlineData("canceled", PaymentState.Canceled)]
    public async Task Every_status_is_a_state_of_the_payment(string status, PaymentState state)
    {
        _stripe.Answers(200, StripeBodies.Intent(status));

        Assert.Equal(
            new IntentSnapshot(StripeBodies.IntentId, state, new Money(4900, Currency.Usd), StripeBodies.Order, StripeBodies.ClientSecret, null, null)
            {
                Received = new Money(status is "succeeded" ? 4900 : 0, Currency.Usd),
            },
            await AnsweredAsync());
    }

    [Fact]
    public async Task The_card_that_was_charged_comes_with_the_expanded_charge()
    {
        _stripe.Answers(200, StripeBodies.Intent("succeeded", intent => intent["latest_charge"] = StripeBodies.Charge("amex", "0005")));

        Assert.Equal(new CardSummary("amex", "0005"), (await AnsweredAsync()).Card);
    }

    [Fact]
    public async Task An_intent_remembers_why_its_last_attempt_failed()
    {
        _stripe.Answers(200, StripeBodies.Intent(
            "requires_payment_method", intent => intent["last_payment_error"] = StripeBodies.LastError("payment_intent_authentication_failure")));

        Assert.Equal(new PaymentFailure(AuthenticationFailed, "payment_intent_authentication_failure"), (await AnsweredAsync()).Failure);
    }

    [Fact]
    public async Task A_failure_of_the_past_is_no_failure_of_an_intent_that_has_moved_on()
    {
        _stripe.Answers(200, StripeBodies.Intent("succeeded", intent => intent["last_payment_error"] = StripeBodies.LastError("card_declined")));

        Assert.Null((await AnsweredAsync()).Failure);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public async Task An_intent_that_names_no_order_of_ours_names_none(string? reference)
    {
        _stripe.Answers(200, StripeBodies.Intent("succeeded", intent => intent["metadata"] = new JsonObject { ["order_id"] = reference }));

        Assert.Null((await AnsweredAsync()).Order);
    }

    [Theory]
    [InlineData("card_declined", "generic_decline", GenericDecline)]
    [InlineData("card_declined", "insufficient_funds", InsufficientFunds)]
    [InlineData("card_declined", "lost_card", GenericDecline)]
    [InlineData("card_declined", "stolen_card", GenericDecline)]
    [InlineData("card_declined", "fraudulent", GenericDecline)]
    [InlineData("card_declined", "card_velocity_exceeded", LimitExceeded)]
    [InlineData("expired_card", "expired_card", ExpiredCard)]
    [InlineData("incorrect_cvc", "incorrect_cvc", IncorrectCvc)]
    [InlineData("processing_error", "processing_error", ProcessingError)]
    [InlineData("authentication_required", "authentication_not_handled", AuthenticationNotHandled)]
    public async Task A_decline_says_why_and_how_the_intent_stands(string code, string declineCode, FailureReason reason)
    {
        var intent = StripeBodies.IntentNode("requires_payment_method", declined =>
        {
            declined["payment_method"] = null;
            declined["latest_charge"] = "ch_1";
            declined["last_payment_error"] = StripeBodies.LastError(code, declineCode);
        });
        _stripe.Answers(402, StripeBodies.Error("card_error", code, declineCode, intent: intent));

        var answered = await AnsweredAsync();

        Assert.Equal((PaymentState.AwaitingPayment, new PaymentFailure(reason, code, declineCode)), (answered.State, answered.Failure));
        Assert.Equal((StripeBodies.IntentId, StripeBodies.Order), (answered.Id, answered.Order));
        Assert.Single(_stripe.Requests);
    }

    [Theory]
    [InlineData("succeeded", PaymentState.Paid)]
    [InlineData("canceled", PaymentState.Canceled)]
    [InlineData("requires_capture", PaymentState.Authorized)]
    [InlineData("requires_action", PaymentState.AwaitingAuthentication)]
    public async Task A_confirm_that_came_too_late_is_told_how_the_intent_stands(string status, PaymentState state)
    {
        _stripe.Answers(400, StripeBodies.Error("invalid_request_error", "payment_intent_unexpected_state", intent: StripeBodies.IntentNode(status)));

        var answered = await AnsweredAsync(gateway => gateway.ConfirmAsync(StripeBodies.IntentId, new Confirmation(null, AuthenticationMode.Handle), "key"));

        Assert.Equal((state, null), (answered.State, answered.Failure));
    }

    [Fact]
    public async Task A_confirm_after_the_attempt_failed_otherwise_is_told_why_it_failed()
    {
        _stripe.Answers(400, StripeBodies.Error("invalid_request_error", "payment_intent_unexpected_state", intent: StripeBodies.IntentNode(
            "requires_payment_method", intent => intent["last_payment_error"] = StripeBodies.LastError("payment_intent_authentication_failure"))));

        var answered = await AnsweredAsync(gateway => gateway.ConfirmAsync(StripeBodies.IntentId, new Confirmation(null, AuthenticationMode.Handle), "key"));

        Assert.Equal(AuthenticationFailed, answered.Failure!.Reason);
    }

    [Theory]
    [InlineData(404, "resource_missing", "payment_method", PaymentMethodUnusable)]
    [InlineData(404, "resource_missing", "intent", PaymentLost)]
    [InlineData(400, null, "payment_method", PaymentMethodUnusable)]
    [InlineData(400, "payment_method_unexpected_state", null, PaymentMethodUnusable)]
    [InlineData(400, "amount_too_small", "amount", ServiceBusy)]
    [InlineData(400, null, "currency", ServiceBusy)]
    [InlineData(400, "parameter_missing", "currency", ServiceBusy)]
    [InlineData(400, "parameter_unknown", "nope", ServiceBusy)]
    [InlineData(400, "payment_method_types_no_longer_supported", "payment_method_types", ServiceBusy)]
    public async Task What_Stripe_refuses_to_try_is_rejected_at_once(int status, string? code, string? param, FailureReason reason)
    {
        _stripe.Answers(status, StripeBodies.Error("invalid_request_error", code, param: param));

        var rejected = Assert.IsType<GatewayAnswer<IntentSnapshot>.Rejected>(await CreateAsync());

        Assert.Equal(new PaymentFailure(reason, code), rejected.Failure);
        Assert.Single(_stripe.Requests);
    }

    [Fact]
    public async Task A_decline_without_its_intent_is_still_a_decline()
    {
        _stripe.Answers(402, StripeBodies.Error("card_error", "card_declined", "insufficient_funds"));

        Assert.Equal(InsufficientFunds, Assert.IsType<GatewayAnswer<IntentSnapshot>.Rejected>(await CreateAsync()).Failure.Reason);
    }

    [Theory]
    [InlineData(401, "invalid_request_error", null)]
    [InlineData(403, "invalid_request_error", null)]
    [InlineData(429, "invalid_request_error", "rate_limit")]
    [InlineData(429, "rate_limit_error", null)]
    public async Task What_Stripe_turned_away_unread_was_not_carried_out(int status, string type, string? code)
    {
        _stripe.Answers(status, StripeBodies.Error(type, code));

        Assert.Equal(ServiceBusy, Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await CreateAsync()).Failure.Reason);
    }

    [Fact]
    public async Task A_key_that_was_used_with_other_parameters_says_nothing_more()
    {
        _stripe.Answers(400, StripeBodies.Error("idempotency_error", null));

        Assert.True(Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await CreateAsync()).HasEnded);
        Assert.Single(_stripe.Requests);
    }

    [Theory]
    [InlineData(409, "invalid_request_error", "idempotency_key_in_use")]
    [InlineData(409, "idempotency_error", "idempotency_key_in_use")]
    [InlineData(429, "invalid_request_error", "lock_timeout")]
    [InlineData(424, "api_error", null)]
    [InlineData(500, "api_error", null)]
    [InlineData(502, "api_error", null)]
    [InlineData(503, "api_error", null)]
    public async Task What_may_have_been_carried_out_is_unknown(int status, string type, string? code)
    {
        _stripe.Answers(status, StripeBodies.Error(type, code));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await CreateAsync());
    }

    public static TheoryData<int, string> Nonsense() => new()
    {
        { 200, "" },
        { 200, "null" },
        { 200, "[]" },
        { 200, "{}" },
        { 200, "42" },
        { 200, "<html><body>pi_3Test_secret_AbCdEf</body></html>" },
        { 200, StripeBodies.Intent("succeeded")[..120] },
        { 200, StripeBodies.Intent("a_status_of_next_year") },
        { 200, StripeBodies.Intent("succeeded", intent => intent["status"] = null) },
        { 200, StripeBodies.Intent("succeeded", intent => intent["id"] = "") },
        { 200, StripeBodies.Intent("succeeded", intent => intent["amount"] = "much") },
        { 200, StripeBodies.Intent("succeeded", intent => intent["currency"] = null) },
        { 200, StripeBodies.Intent("succeeded", intent => intent["currency"] = "12$") },
        { 200, StripeBodies.Intent("succeeded", intent => intent["metadata"] = "none") },
        { 200, StripeBodies.Intent("succeeded", intent => intent["latest_charge"] = 7) },
        { 202, StripeBodies.Intent("succeeded") },
        { 204, "" },
        { 302, "" },
        { 400, "" },
        { 400, "<html></html>" },
        { 402, "{}" },
        { 402, "[]" },
        { 402, "{\"error\":null}" },
        { 402, "{\"error\":42}" },
        { 402, "{\"error\":{}}" },
        { 402, StripeBodies.Error("card_error", "card_declined", intent: "pi_3Test") },
        { 400, "{\"error\":\"bad gateway\"}" },
        { 404, "{\"error\":\"not found\"}" },
        { 401, "{\"error\":\"who are you\"}" },
        { 429, "slow down" },
        { 500, "" },
        { 502, "<html>Bad Gateway</html>" },
        { 503, "null" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task An_answer_that_cannot_be_read_is_an_unknown_outcome_not_an_exception(int status, string body)
    {
        _stripe.Answers(status, body);

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await CreateAsync());

        Assert.Single(_stripe.Requests.Select(request => request.IdempotencyKey).Distinct());
        Assert.DoesNotContain("_secret_", _stripe.Logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12$")]
    [InlineData("")]
    public async Task An_error_around_an_intent_that_cannot_be_read_is_not_an_exception(string currency)
    {
        var intent = StripeBodies.IntentNode("requires_payment_method", garbled => garbled["currency"] = currency);
        _stripe.Answers(402, StripeBodies.Error("card_error", "card_declined", "insufficient_funds", intent: intent));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Rejected>(await CreateAsync());
    }

    private Task<GatewayAnswer<IntentSnapshot>> CreateAsync() => _stripe.Gateway().CreateAsync(StripeBodies.NewIntent(), "key");

    private Task<IntentSnapshot> AnsweredAsync() => AnsweredAsync(gateway => gateway.CreateAsync(StripeBodies.NewIntent(), "key"));

    private async Task<IntentSnapshot> AnsweredAsync(Func<IPaymentGateway, Task<GatewayAnswer<IntentSnapshot>>> ask) =>
        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await ask(_stripe.Gateway())).Value;
}
