namespace PaymentApp.Tests.Sandbox;

/// <summary>What Stripe says of what cannot be done, and which parameter it blames.</summary>
public sealed class ErrorWordTests : IAsyncLifetime
{
    private const string Payments = "/v1/payment_intents";

    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData("0", "amount_too_small")]
    [InlineData("-1", "parameter_invalid_integer")]
    public async Task No_amount_is_below_the_minimum_on_create_and_update(string amount, string code)
    {
        var intent = (await _sandbox.PostAsync(Payments, ("amount", "1999"), ("currency", "usd"))).Ok().Id;

        foreach (var (path, form) in new[] { (Payments, new[] { ("currency", "usd") }), ($"{Payments}/{intent}", []) })
        {
            var refused = await _sandbox.PostAsync(path, [.. form, ("amount", amount)]);
            Assert.Equal((400, code, "amount"), (refused.Status, refused.At("error.code"), refused.At("error.param")));
        }
    }

    [Theory]
    [InlineData("amount", "500")]
    [InlineData("currency", "eur")]
    [InlineData("payment_method", "pm_card_visa")]
    [InlineData("allowed_payment_method_types[]", "card")]
    [InlineData("setup_future_usage", "off_session")]
    [InlineData("capture_method", "manual")]
    public async Task An_update_after_success_blames_what_cannot_be_changed(string name, string value)
    {
        var paid = (await _sandbox.PayAsync("pm_card_visa")).Ok().Id;

        var refused = await _sandbox.PostAsync($"{Payments}/{paid}", (name, value));

        Assert.Equal(
            (400, "payment_intent_unexpected_state", name.Replace("[]", "", StringComparison.Ordinal)),
            (refused.Status, refused.At("error.code"), refused.At("error.param")));
        Assert.Equal("succeeded", refused.At("error.payment_intent.status"));
    }

    [Theory]
    [InlineData("1999")]
    [InlineData("500")]
    public async Task After_a_capture_the_remainder_is_released(string first)
    {
        var held = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok().Id;
        (await _sandbox.PostAsync($"{Payments}/{held}/capture", ("amount_to_capture", first))).Ok();

        var refused = await _sandbox.PostAsync($"{Payments}/{held}/capture");

        Assert.Equal((400, "payment_intent_unexpected_state"), (refused.Status, refused.At("error.code")));
        Assert.Contains("the remainder of the authorized amount has been released", refused.At("error.message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_captured_at_once_has_already_been_captured()
    {
        var paid = (await _sandbox.PayAsync("pm_card_visa")).Ok().Id;

        var refused = await _sandbox.PostAsync($"{Payments}/{paid}/capture");

        Assert.Equal("This PaymentIntent could not be captured because it has already been captured.", refused.At("error.message"));
    }

    [Fact]
    public async Task A_capture_takes_something_and_no_more_than_is_held()
    {
        var held = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok().Id;

        var much = await _sandbox.PostAsync($"{Payments}/{held}/capture", ("amount_to_capture", "2000"));
        Assert.Equal((400, "amount_too_large", "amount_to_capture"), (much.Status, much.At("error.code"), much.At("error.param")));
        Assert.Equal(
            "The payment could not be captured because the requested capture amount is greater than the amount you can capture for this charge.",
            much.At("error.message"));
        var nothing = await _sandbox.PostAsync($"{Payments}/{held}/capture", ("amount_to_capture", "0"));
        Assert.Equal((400, "amount"), (nothing.Status, nothing.At("error.param")));
        Assert.Equal("requires_capture", (await _sandbox.GetAsync($"{Payments}/{held}")).State);
    }

    [Fact]
    public async Task A_refund_names_one_charge_that_exists()
    {
        var paid = (await _sandbox.PayAsync("pm_card_visa")).Ok();

        var unknown = await _sandbox.PostAsync("/v1/refunds", ("charge", "ch_nobody"));
        Assert.Equal((404, "resource_missing", "id"), (unknown.Status, unknown.At("error.code"), unknown.At("error.param")));
        Assert.Equal("No such charge: 'ch_nobody'", unknown.At("error.message"));
        var nobodys = await _sandbox.PostAsync("/v1/refunds", ("payment_intent", "pi_nobody"));
        Assert.Equal((404, "resource_missing", "intent"), (nobodys.Status, nobodys.At("error.code"), nobodys.At("error.param")));
        Assert.Equal("No such payment_intent: 'pi_nobody'", nobodys.At("error.message"));
        var both = await _sandbox.PostAsync("/v1/refunds", ("charge", paid.Text("latest_charge")), ("payment_intent", paid.Id));
        Assert.Equal(400, both.Status);
        Assert.Equal("You may only specify one of these parameters: charge, payment_intent.", both.At("error.message"));
    }

    [Theory]
    [InlineData("/v1/payment_intents", "payment_intent")]
    [InlineData("/v1/setup_intents", "setupintent")]
    [InlineData("/v1/customers", "customer")]
    [InlineData("/v1/payment_methods", "PaymentMethod")]
    [InlineData("/v1/charges", "charge")]
    [InlineData("/v1/refunds", "refund")]
    [InlineData("/v1/disputes", "dispute")]
    [InlineData("/v1/events", "event")]
    [InlineData("/v1/webhook_endpoints", "webhook endpoint")]
    public async Task A_page_begins_at_one_end_and_at_what_exists(string path, string kind)
    {
        foreach (var cursor in new[] { "starting_after", "ending_before" })
        {
            var unknown = await _sandbox.GetAsync($"{path}?{cursor}=nobody");
            Assert.Equal((400, "resource_missing", cursor), (unknown.Status, unknown.At("error.code"), unknown.At("error.param")));
            Assert.Equal($"No such {kind}: 'nobody'", unknown.At("error.message"));
        }

        var both = await _sandbox.GetAsync($"{path}?starting_after=a&ending_before=b");
        Assert.Equal(400, both.Status);
        Assert.Equal("You may only specify one of these parameters: starting_after, ending_before.", both.At("error.message"));
    }

    [Theory]
    [InlineData("/v1/payment_intents?expand[]=data.colour", "This property cannot be expanded because it doesn't exist: data.colour.")]
    [InlineData("/v1/payment_intents?expand[]=data.latest_charge.colour", "This property cannot be expanded because it doesn't exist: data.latest_charge.colour.")]
    [InlineData("/v1/payment_intents?expand[]=data.charges", "This property cannot be expanded because it doesn't exist: data.charges.")]
    [InlineData("/v1/payment_intents?expand[]=data.amount", "This property cannot be expanded (data.amount).")]
    [InlineData("/v1/payment_intents?expand[]=latest_charge",
        "This property cannot be expanded (latest_charge). You may want to try expanding 'data.latest_charge' instead.")]
    [InlineData("/v1/setup_intents?expand[]=data.colour", "This property cannot be expanded because it doesn't exist: data.colour.")]
    [InlineData("/v1/customers?expand[]=data.email", "This property cannot be expanded (data.email).")]
    [InlineData("/v1/payment_methods?expand[]=data.card", "This property cannot be expanded (data.card).")]
    [InlineData("/v1/refunds?expand[]=data.nothing", "This property cannot be expanded because it doesn't exist: data.nothing.")]
    public async Task What_cannot_be_expanded_is_told_apart_from_what_is_not_there(string path, string message)
    {
        var refused = await _sandbox.GetAsync(path);

        Assert.Equal((400, "expand", message), (refused.Status, refused.At("error.param"), refused.At("error.message")));
    }

    [Fact]
    public async Task The_network_says_01_to_a_generic_decline()
    {
        var declined = await _sandbox.PayAsync("pm_card_chargeDeclined");

        Assert.Equal("01", declined.At("error.network_decline_code"));
        var charge = await _sandbox.GetAsync($"/v1/charges/{declined.At("error.charge")}");
        Assert.Equal("01", charge.At("outcome.network_decline_code"));
    }
}
