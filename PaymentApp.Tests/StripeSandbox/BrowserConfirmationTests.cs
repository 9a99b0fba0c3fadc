namespace PaymentApp.Tests.Sandbox;

/// <summary>What a browser may do to an intent with the publishable key and the client secret.</summary>
public sealed class BrowserConfirmationTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task It_pays_with_a_card_that_was_typed_or_made_before()
    {
        var card = await _sandbox.NewCardAsync("4242424242424242");
        (string, string)[] typed =
        [
            ("payment_method_data[type]", "card"), ("payment_method_data[card][number]", "4242424242424242"),
            ("payment_method_data[card][exp_month]", "12"), ("payment_method_data[card][exp_year]", "2030"),
        ];

        foreach (var method in new[] { typed, [("payment_method", card)] })
        {
            var paid = (await ConfirmAsync(await CreateAsync(), method)).Ok();
            Assert.Equal("succeeded", paid.State);
            Assert.False(paid.Has("latest_charge"));
            Assert.False(paid.Has("metadata"));
            Assert.Equal("*", paid.Header("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task A_decline_tells_the_browser_no_more_than_it_may_know()
    {
        var intent = await CreateAsync();
        var declined = await ConfirmAsync(intent, ("payment_method", "pm_card_chargeDeclinedInsufficientFunds"));

        Assert.Equal(402, declined.Status);
        Assert.Equal("insufficient_funds", declined.At("error.decline_code"));
        Assert.Equal("requires_payment_method", declined.At("error.payment_intent.status"));
        Assert.False(declined.Has("error.charge"));
        Assert.False(declined.Has("error.payment_intent.metadata"));
        Assert.Equal("succeeded", (await ConfirmAsync(intent, ("payment_method", "pm_card_visa"))).Ok().State);
    }

    [Theory]
    [InlineData("true", null, "use_stripe_sdk")]
    [InlineData("false", "https://shop.example/done", "redirect_to_url")]
    public async Task It_asks_the_bank_through_the_script_or_on_a_page(string useSdk, string? returnUrl, string action)
    {
        List<(string, string)> form = [("payment_method", "pm_card_authenticationRequired"), ("use_stripe_sdk", useSdk)];
        if (returnUrl is not null)
            form.Add(("return_url", returnUrl));
        var intent = await CreateAsync();

        var asked = (await ConfirmAsync(intent, [.. form])).Ok();
        Assert.Equal("requires_action", asked.State);
        Assert.Equal(action, asked.At("next_action.type"));

        await _sandbox.AnswerChallengeAsync(intent.Id, "succeed");
        Assert.Equal("succeeded", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).Ok().State);
    }

    [Fact]
    public async Task A_manual_intent_is_confirmed_with_the_secret_key_only()
    {
        var intent = await CreateAsync(("confirmation_method", "manual"));

        var refused = await ConfirmAsync(intent, ("payment_method", "pm_card_visa"));

        Assert.Equal(400, refused.Status);
        Assert.Equal("invalid_request_error", refused.At("error.type"));
        Assert.Contains("cannot be confirmed using your publishable key because its `confirmation_method` is set to `manual`", refused.At("error.message"), StringComparison.Ordinal);
        Assert.Equal("requires_payment_method", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).State);
    }

    [Fact]
    public async Task Without_the_intents_own_client_secret_nothing_happens()
    {
        var intent = await CreateAsync();
        var path = $"/v1/payment_intents/{intent.Id}/confirm";

        var without = await _sandbox.PostAsAsync(SandboxUnderTest.PublishableKey, path, ("payment_method", "pm_card_visa"));
        Assert.Equal("parameter_missing", without.At("error.code"));
        var other = (await CreateAsync()).Text("client_secret");
        foreach (var key in new[] { SandboxUnderTest.PublishableKey, SandboxUnderTest.SecretKey })
        {
            var wrong = await _sandbox.PostAsAsync(key, path, ("payment_method", "pm_card_visa"), ("client_secret", other));
            Assert.Equal(400, wrong.Status);
            Assert.Equal("client_secret", wrong.At("error.param"));
        }

        Assert.Equal("requires_payment_method", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).State);
    }

    [Theory]
    [InlineData("off_session", "true")]
    [InlineData("capture_method", "manual")]
    [InlineData("error_on_requires_action", "true")]
    public async Task What_the_merchant_decides_the_browser_cannot(string name, string value)
    {
        var refused = await ConfirmAsync(await CreateAsync(), ("payment_method", "pm_card_visa"), (name, value));
        Assert.Equal("parameter_unknown", refused.At("error.code"));
        Assert.Equal(name, refused.At("error.param"));
    }

    [Theory]
    [InlineData(null, "off_session", "off_session")]
    [InlineData("on_session", "off_session", "off_session")]
    [InlineData("off_session", "off_session", "off_session")]
    [InlineData("off_session", "on_session", null)]
    [InlineData("on_session", "", null)]
    public async Task The_browser_may_ask_for_more_use_of_the_card_and_not_for_less(string? before, string asked, string? after)
    {
        var customer = (await _sandbox.PostAsync("/v1/customers")).Ok().Id;
        var intent = await CreateAsync(before is null ? [("customer", customer)] : [("customer", customer), ("setup_future_usage", before)]);

        var answer = await ConfirmAsync(intent, ("payment_method", "pm_card_visa"), ("setup_future_usage", asked));

        Assert.Equal(after is null ? 400 : 200, answer.Status);
        var now = (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}?expand[]=payment_method")).Ok();
        Assert.Equal(after ?? before, now.At("setup_future_usage"));
        if (after is not null)
            Assert.Equal(customer, now.At("payment_method.customer"));
    }

    [Fact]
    public async Task The_browser_cannot_keep_a_card_from_being_saved_by_the_cards_option_either()
    {
        var intent = await CreateAsync(("setup_future_usage", "off_session"));
        var refused = await ConfirmAsync(intent, ("payment_method", "pm_card_visa"), ("payment_method_options[card][setup_future_usage]", "none"));
        Assert.Equal("setup_future_usage", refused.At("error.param"));
    }

    [Fact]
    public async Task The_browser_gives_an_address_where_the_server_gave_none()
    {
        (string, string)[] here = [("shipping[name]", "Jenny"), ("shipping[address][line1]", "Gasse 1")];
        (string, string)[] there = [("shipping[name]", "Jenny"), ("shipping[address][line1]", "Weg 2")];
        var servers = await CreateAsync(here);
        var browsers = await CreateAsync();

        var refused = await ConfirmAsync(servers, [("payment_method", "pm_card_visa"), .. there]);
        Assert.Equal("shipping", refused.At("error.param"));
        Assert.Equal("succeeded", (await ConfirmAsync(servers, [("payment_method", "pm_card_visa"), .. here])).Ok().State);

        Assert.Equal(402, (await ConfirmAsync(browsers, [("payment_method", "pm_card_chargeDeclined"), .. here])).Status);
        var paid = (await ConfirmAsync(browsers, [("payment_method", "pm_card_visa"), .. there])).Ok();
        Assert.Equal("Weg 2", paid.At("shipping.address.line1"));
    }

    [Fact]
    public async Task It_pays_with_a_saved_card_of_the_intents_customer()
    {
        var customer = (await _sandbox.PostAsync("/v1/customers", ("payment_method", "pm_card_visa"))).Ok().Id;
        var card = (await _sandbox.GetAsync($"/v1/customers/{customer}/payment_methods")).Ok().Json.GetProperty("data")[0].GetProperty("id").GetString()!;

        Assert.Equal(400, (await ConfirmAsync(await CreateAsync(), ("payment_method", card))).Status);
        Assert.Equal("succeeded", (await ConfirmAsync(await CreateAsync(("customer", customer)), ("payment_method", card))).Ok().State);
    }

    private async Task<SandboxAnswer> CreateAsync(params (string, string)[] more) => (await _sandbox.PostAsync("/v1/payment_intents",
        [("amount", "1999"), ("currency", "usd"), ("allowed_payment_method_types[]", "card"), ("metadata[order]", "42"), .. more])).Ok();

    private Task<SandboxAnswer> ConfirmAsync(SandboxAnswer intent, params (string, string)[] form) => _sandbox.PostAsAsync(
        SandboxUnderTest.PublishableKey, $"/v1/payment_intents/{intent.Id}/confirm", [("client_secret", intent.Text("client_secret")), .. form]);
}
