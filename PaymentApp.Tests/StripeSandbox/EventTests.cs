namespace PaymentApp.Tests.Sandbox;

/// <summary>The story that <c>/v1/events</c> tells.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_payment_is_created_charged_and_succeeds()
    {
        await _sandbox.PayAsync("pm_card_visa");
        Assert.Equal(["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"], await TypesAsync());

        _sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("charge.updated", (await TypesAsync())[^1]);
    }

    [Theory]
    [InlineData("pm_card_visa", "automatic")]
    [InlineData("pm_card_visa", "manual")]
    [InlineData("pm_card_chargeDeclined", "automatic")]
    [InlineData("pm_card_authenticationRequired", "automatic")]
    public async Task The_creation_is_told_as_it_was_whatever_came_of_the_intent(string method, string captureMethod)
    {
        var answer = await _sandbox.PayAsync(method, ("capture_method", captureMethod), ("metadata[order]", "1"));
        var id = answer.Status == 200 ? answer.Id : answer.Text("error.payment_intent.id");
        (await _sandbox.PostAsync($"/v1/payment_intents/{id}", ("metadata[order]", "2"), ("description", "later"))).Ok();
        var created = (await _sandbox.GetAsync("/v1/events?type=payment_intent.created")).Ok().Json.GetProperty("data")[0].GetProperty("data").GetProperty("object");
        var fresh = (await _sandbox.PostAsync("/v1/payment_intents", [.. SandboxUnderTest.Guide(method).Where(pair => pair.Name is not ("confirm" or "payment_method")),
            ("capture_method", captureMethod), ("metadata[order]", "1")])).Ok().Json;

        Assert.All(fresh.EnumerateObject().Where(property => property.Name is not ("id" or "client_secret")), property =>
            Assert.True(System.Text.Json.JsonElement.DeepEquals(property.Value, created.GetProperty(property.Name)), property.Name));
        Assert.Equal(id, created.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_decline_is_told_of_the_charge_and_of_the_intent()
    {
        await _sandbox.PayAsync("pm_card_chargeDeclined");
        Assert.Equal(["payment_intent.created", "charge.failed", "payment_intent.payment_failed"], await TypesAsync());
    }

    [Fact]
    public async Task Nothing_is_told_of_an_intent_that_waits_for_the_second_confirm()
    {
        var intent = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        await _sandbox.AnswerChallengeAsync(intent.Id, "succeed");
        Assert.Equal(["payment_intent.created", "payment_intent.requires_action"], await TypesAsync());

        await _sandbox.ConfirmAsync(intent.Id);
        Assert.Equal(["charge.succeeded", "payment_intent.succeeded"], (await TypesAsync())[2..]);
    }

    [Fact]
    public async Task A_failed_or_forgotten_authentication_is_a_failed_payment()
    {
        var failed = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        await _sandbox.AnswerChallengeAsync(failed.Id, "fail");
        Assert.Equal("payment_intent.payment_failed", (await TypesAsync())[^1]);

        await _sandbox.PayAsync("pm_card_authenticationRequired");
        _sandbox.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("payment_intent.payment_failed", (await TypesAsync())[^1]);
    }

    [Fact]
    public async Task Later_capture_and_cancel_are_told()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        await _sandbox.PostAsync($"/v1/payment_intents/{intent.Id}/capture");
        Assert.Equal(
            ["payment_intent.created", "charge.succeeded", "payment_intent.amount_capturable_updated", "charge.captured", "payment_intent.succeeded"],
            await TypesAsync());

        var other = (await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"))).Ok();
        await _sandbox.PostAsync($"/v1/payment_intents/{other.Id}/cancel");
        Assert.Equal("payment_intent.canceled", (await TypesAsync())[^1]);
    }

    [Fact]
    public async Task Refunds_and_disputes_are_told()
    {
        var paid = (await _sandbox.PayAsync("pm_card_refundFail", ("capture_method", "automatic"))).Ok();
        await _sandbox.PostAsync("/v1/refunds", ("payment_intent", paid.Id));
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["refund.created", "charge.refunded", "refund.updated", "charge.refund.updated", "refund.failed"], (await TypesAsync())[3..]);

        var slow = (await _sandbox.PayAsync("pm_card_pendingRefund", ("capture_method", "automatic"))).Ok();
        var refund = (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", slow.Id))).Ok();
        await _sandbox.PostAsync($"/v1/refunds/{refund.Id}", ("metadata[ticket]", "7"));
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            ["refund.created", "charge.refunded", "refund.updated", "charge.refund.updated", "refund.updated", "charge.refund.updated"],
            (await TypesAsync())[^6..]);

        await _sandbox.PayAsync("pm_card_createDispute", ("capture_method", "automatic"));
        Assert.Equal(["charge.dispute.created", "charge.dispute.funds_withdrawn"], (await TypesAsync())[^2..]);
    }

    [Fact]
    public async Task An_event_holds_the_object_as_it_was_and_names_the_request()
    {
        var intent = (await _sandbox.PostOnceAsync("order-1", "/v1/payment_intents", SandboxUnderTest.Guide("pm_card_visa"))).Ok();
        var events = (await _sandbox.GetAsync("/v1/events?types[]=payment_intent.created&types[]=payment_intent.succeeded")).Ok().Json.GetProperty("data");

        Assert.Equal("succeeded", events[0].GetProperty("data").GetProperty("object").GetProperty("status").GetString());
        Assert.Equal("requires_payment_method", events[1].GetProperty("data").GetProperty("object").GetProperty("status").GetString());
        Assert.Equal(intent.Header("Request-Id"), events[0].GetProperty("request").GetProperty("id").GetString());
        Assert.Equal("order-1", events[0].GetProperty("request").GetProperty("idempotency_key").GetString());

        var one = (await _sandbox.GetAsync($"/v1/events/{events[0].GetProperty("id").GetString()}")).Ok();
        Assert.Equal("payment_intent.succeeded", one.At("type"));
        Assert.Equal(404, (await _sandbox.GetAsync("/v1/events/evt_nobody")).Status);
    }

    [Fact]
    public async Task An_update_names_what_it_changed()
    {
        var paid = (await _sandbox.PayAsync("pm_card_visa")).Ok();
        await _sandbox.PostAsync("/v1/refunds", ("payment_intent", paid.Id), ("amount", "500"));

        var refunded = (await _sandbox.GetAsync("/v1/events?type=charge.refunded")).Ok().Json.GetProperty("data")[0].GetProperty("data");

        Assert.Equal(500, refunded.GetProperty("object").GetProperty("amount_refunded").GetInt64());
        Assert.Equal("""{"amount_refunded":0}""", refunded.GetProperty("previous_attributes").ToString().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));
    }

    private async Task<string[]> TypesAsync() =>
        [.. (await _sandbox.GetAsync("/v1/events?limit=100")).Ok().Json.GetProperty("data").EnumerateArray()
            .Select(one => one.GetProperty("type").GetString()!).Reverse()];
}
