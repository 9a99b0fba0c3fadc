using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Money later and money back.</summary>
public sealed class CaptureAndRefundTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_full_capture_takes_what_was_authorized()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();

        var captured = (await _sandbox.PostAsync($"/v1/payment_intents/{intent.Id}/capture", ("expand[]", "latest_charge.balance_transaction"))).Ok();

        Assert.Equal("succeeded", captured.State);
        Assert.Equal("1999", captured.At("amount_received"));
        Assert.Equal("0", captured.At("amount_capturable"));
        Assert.Equal("True", captured.At("latest_charge.captured"));
        Assert.Equal("1999", captured.At("latest_charge.balance_transaction.amount"));
    }

    [Fact]
    public async Task A_partial_capture_gives_the_rest_back()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();

        var captured = (await _sandbox.PostAsync(
            $"/v1/payment_intents/{intent.Id}/capture", ("amount_to_capture", "1500"), ("expand[]", "latest_charge"))).Ok();

        Assert.Equal("1500", captured.At("amount_received"));
        Assert.Equal("1999", captured.At("latest_charge.amount"));
        Assert.Equal("1500", captured.At("latest_charge.amount_captured"));
        Assert.Equal("499", captured.At("latest_charge.amount_refunded"));
        Assert.Equal("False", captured.At("latest_charge.refunded"));
    }

    [Fact]
    public async Task More_than_was_authorized_or_a_second_capture_is_refused()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        var path = $"/v1/payment_intents/{intent.Id}/capture";

        Assert.Equal(400, (await _sandbox.PostAsync(path, ("amount_to_capture", "2000"))).Status);
        Assert.Equal("requires_capture", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).State);
        await _sandbox.PostAsync(path);

        var again = await _sandbox.PostAsync(path);
        Assert.Equal(400, again.Status);
        Assert.Equal("payment_intent_unexpected_state", again.At("error.code"));
        Assert.Equal("succeeded", again.At("error.payment_intent.status"));
    }

    [Fact]
    public async Task Canceling_an_authorization_releases_it()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();

        await _sandbox.PostAsync($"/v1/payment_intents/{intent.Id}/cancel");

        var charge = (await _sandbox.GetAsync($"/v1/charges/{intent.Text("latest_charge")}")).Ok();
        Assert.Equal("True", charge.At("refunded"));
        Assert.Equal("False", charge.At("captured"));
        Assert.Equal("0", charge.At("amount_captured"));
    }

    [Fact]
    public async Task A_refund_gives_everything_back_unless_told_otherwise()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa")).Ok();

        var refund = (await _sandbox.PostAsync("/v1/refunds",
            ("payment_intent", intent.Id), ("reason", "requested_by_customer"), ("metadata[ticket]", "7"))).Ok();

        Assert.Equal("succeeded", refund.State);
        Assert.Equal("1999", refund.At("amount"));
        Assert.Equal("7", refund.At("metadata.ticket"));
        var charge = (await _sandbox.GetAsync($"/v1/charges/{intent.Text("latest_charge")}?expand[]=refunds")).Ok();
        Assert.Equal("True", charge.At("refunded"));
        Assert.Equal(refund.Id, charge.Json.GetProperty("refunds").GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Refunds_add_up_to_the_charge_and_no_further()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa")).Ok();
        await _sandbox.PostAsync("/v1/refunds", ("charge", intent.Text("latest_charge")), ("amount", "500"));

        var tooMuch = await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id), ("amount", "1500"));
        Assert.Equal(400, tooMuch.Status);
        Assert.Equal("amount", tooMuch.At("error.param"));
        Assert.Equal("Refund amount ($15.00) is greater than unrefunded amount on charge ($14.99)", tooMuch.At("error.message"));

        Assert.Equal("1499", (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id))).Ok().At("amount"));
        var nothingLeft = await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id));
        Assert.Equal(400, nothingLeft.Status);
        Assert.Equal("charge_already_refunded", nothingLeft.At("error.code"));
    }

    [Fact]
    public async Task Two_refunds_at_once_cannot_give_back_more_than_was_paid()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa")).Ok();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id), ("amount", "1000"))));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(1000, Assert.Single(_sandbox.Server.Books.All<Refund>()).Amount);
    }

    [Fact]
    public async Task A_slow_refund_is_pending_and_then_succeeds()
    {
        var intent = (await _sandbox.PayAsync("pm_card_pendingRefund")).Ok();
        var refund = (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id))).Ok();
        Assert.Equal("pending", refund.State);

        _sandbox.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("succeeded", (await _sandbox.GetAsync($"/v1/refunds/{refund.Id}")).Ok().State);
    }

    [Fact]
    public async Task A_refund_may_fail_after_it_succeeded_and_the_money_is_back()
    {
        var intent = (await _sandbox.PayAsync("pm_card_refundFail")).Ok();
        var refund = (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id))).Ok();
        Assert.Equal("succeeded", refund.State);

        _sandbox.Clock.Advance(TimeSpan.FromMinutes(1));

        var failed = (await _sandbox.GetAsync($"/v1/refunds/{refund.Id}")).Ok();
        Assert.Equal("failed", failed.State);
        Assert.NotNull(failed.At("failure_reason"));
        var charge = (await _sandbox.GetAsync($"/v1/charges/{intent.Text("latest_charge")}")).Ok();
        Assert.Equal("0", charge.At("amount_refunded"));
        Assert.Equal("False", charge.At("refunded"));
        var expanded = (await _sandbox.GetAsync(
            $"/v1/refunds/{refund.Id}?expand[]=balance_transaction&expand[]=failure_balance_transaction")).Ok();
        Assert.Equal("-1999", expanded.At("balance_transaction.amount"));
        Assert.Equal("1999", expanded.At("failure_balance_transaction.amount"));
        Assert.Equal("refund_failure", expanded.At("failure_balance_transaction.type"));
        Assert.Equal("succeeded", (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id), ("amount", "999"))).Ok().State);
    }

    [Theory]
    [InlineData("pm_card_visa")]
    [InlineData("pm_card_pendingRefund")]
    public async Task A_cards_refund_cannot_be_called_back(string method)
    {
        var intent = (await _sandbox.PayAsync(method)).Ok();
        var refund = (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id))).Ok();

        var refused = await _sandbox.PostAsync($"/v1/refunds/{refund.Id}/cancel");

        Assert.Equal(400, refused.Status);
        Assert.Equal("invalid_request_error", refused.At("error.type"));
        Assert.Contains("requires_action", refused.At("error.message"), StringComparison.Ordinal);
        Assert.Equal(refund.State, (await _sandbox.GetAsync($"/v1/refunds/{refund.Id}")).Ok().State);
        Assert.Equal(404, (await _sandbox.PostAsync("/v1/refunds/re_nobody/cancel")).Status);
    }

    [Fact]
    public async Task A_refund_names_the_customer_who_paid()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers", ("name", "Jenny"))).Ok();
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("customer", customer.Id))).Ok();
        var refund = (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id), ("expand[]", "customer"))).Ok();
        Assert.Equal("Jenny", refund.At("customer.name"));
    }

    [Theory]
    [InlineData("pm_card_chargeDeclined")]
    [InlineData("pm_card_authenticationRequired")]
    public async Task What_was_not_paid_cannot_be_refunded(string method)
    {
        var answer = await _sandbox.PayAsync(method);
        var intent = answer.Status == 200 ? answer.Id : answer.Text("error.payment_intent.id");

        var refused = await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent));

        Assert.Equal(400, refused.Status);
        Assert.Contains("does not have a successful charge", refused.At("error.message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authorization_is_canceled_not_refunded()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        Assert.Equal(400, (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id))).Status);
    }

    [Fact]
    public async Task A_disputed_payment_cannot_be_refunded_too()
    {
        var intent = (await _sandbox.PayAsync("pm_card_createDispute", ("expand[]", "latest_charge"))).Ok();
        Assert.Equal("True", intent.At("latest_charge.disputed"));

        var refused = await _sandbox.PostAsync("/v1/refunds", ("payment_intent", intent.Id));
        Assert.Equal("charge_disputed", refused.At("error.code"));

        var dispute = (await _sandbox.GetAsync($"/v1/disputes?payment_intent={intent.Id}")).Ok().Json.GetProperty("data")[0];
        Assert.Equal("fraudulent", dispute.GetProperty("reason").GetString());
        Assert.Equal(-1999, dispute.GetProperty("balance_transactions")[0].GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task An_asynchronous_capture_reaches_the_balance_a_moment_later()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("expand[]", "latest_charge"))).Ok();
        Assert.Null(intent.At("latest_charge.balance_transaction"));

        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));

        var charge = (await _sandbox.GetAsync($"/v1/charges/{intent.Text("latest_charge.id")}?expand[]=balance_transaction")).Ok();
        Assert.Equal("1999", charge.At("balance_transaction.amount"));
        Assert.Equal("88", charge.At("balance_transaction.fee"));
        Assert.Equal("1911", charge.At("balance_transaction.net"));
    }
}
