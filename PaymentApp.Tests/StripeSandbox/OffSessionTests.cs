namespace PaymentApp.Tests.Sandbox;

/// <summary>Charging a saved card while the shopper is away, and what its bank says to that.</summary>
public sealed class OffSessionTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;
    private string _customer = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxUnderTest.StartAsync();
        _customer = (await _sandbox.PostAsync("/v1/customers")).Ok().Id;
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData("manual")]
    [InlineData("automatic")]
    public async Task A_card_that_was_authenticated_for_it_pays_without_the_shopper(string confirmation)
    {
        var card = await SetUpAsync("4000002500003155", "off_session", confirmation);

        Assert.Equal("succeeded", (await ChargeAsync(card)).Ok().State);
        Assert.Equal("requires_action", (await _sandbox.PayAsync(card, ("customer", _customer))).Ok().State);
    }

    [Fact]
    public async Task A_card_that_was_authenticated_for_payments_with_the_shopper_asks_for_them()
    {
        var card = await SetUpAsync("4000002500003155", "on_session");
        AssertAuthenticationRequired(await ChargeAsync(card), card);
    }

    [Fact]
    public async Task A_card_that_was_merely_attached_asks_for_the_shopper_and_they_can_come_back_to_the_same_intent()
    {
        var card = await _sandbox.NewCardAsync("4000002500003155");
        (await _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", _customer))).Ok();

        var refused = await ChargeAsync(card);

        AssertAuthenticationRequired(refused, card);
        var intent = refused.Text("error.payment_intent.id");
        Assert.Equal("requires_action", (await _sandbox.ConfirmAsync(intent, ("payment_method", card), ("use_stripe_sdk", "true"))).Ok().State);
        await _sandbox.AnswerChallengeAsync(intent, "succeed");
        Assert.Equal("succeeded", (await _sandbox.ConfirmAsync(intent)).Ok().State);
        AssertAuthenticationRequired(await ChargeAsync(card), card);
    }

    [Fact]
    public async Task A_card_that_always_asks_asks_after_it_was_set_up_too()
    {
        var card = await SetUpAsync("4000002760003184", "off_session");
        AssertAuthenticationRequired(await ChargeAsync(card), card);
    }

    [Fact]
    public async Task A_card_that_is_set_up_elsewhere_pays_without_the_shopper_and_asks_a_shopper_who_is_there()
    {
        var card = await _sandbox.NewCardAsync("4000003800000446");
        (await _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", _customer))).Ok();

        Assert.Equal("requires_action", (await _sandbox.PayAsync(card, ("customer", _customer))).Ok().State);
        Assert.Equal("succeeded", (await ChargeAsync(card)).Ok().State);
    }

    [Fact]
    public async Task Saving_a_card_needs_its_shopper()
    {
        const string Message = "You cannot confirm with `off_session=true` when `setup_future_usage` is also set on the PaymentIntent.";
        var created = await _sandbox.PayAsync("pm_card_visa", ("customer", _customer), ("off_session", "true"), ("setup_future_usage", "off_session"));
        Assert.Equal(400, created.Status);
        Assert.StartsWith(Message, created.At("error.message"), StringComparison.Ordinal);
        Assert.False(created.Has("error.payment_intent"));

        var intent = (await _sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("allowed_payment_method_types[]", "card"), ("customer", _customer), ("setup_future_usage", "off_session"))).Ok();
        var confirmed = await _sandbox.ConfirmAsync(intent.Id, ("payment_method", "pm_card_visa"), ("off_session", "true"));
        Assert.StartsWith(Message, confirmed.At("error.message"), StringComparison.Ordinal);
        Assert.Equal(intent.Id, confirmed.At("error.payment_intent.id"));
    }

    [Fact]
    public async Task A_card_without_a_customer_may_be_charged_off_session_once()
    {
        var card = await _sandbox.NewCardAsync("4242424242424242");
        Assert.Equal("succeeded", (await _sandbox.PayAsync(card, ("off_session", "true"))).Ok().State);
        Assert.Equal(400, (await _sandbox.PayAsync(card, ("off_session", "true"))).Status);
    }

    private static void AssertAuthenticationRequired(SandboxAnswer refused, string card)
    {
        Assert.Equal(402, refused.Status);
        Assert.Equal("card_error", refused.At("error.type"));
        Assert.Equal("authentication_required", refused.At("error.code"));
        Assert.Equal("authentication_required", refused.At("error.decline_code"));
        Assert.Equal("Your card was declined. This transaction requires authentication.", refused.At("error.message"));
        Assert.Equal("requires_payment_method", refused.At("error.payment_intent.status"));
        Assert.Equal(card, refused.At("error.payment_method.id"));
        Assert.False(refused.Has("error.charge"));
    }

    private Task<SandboxAnswer> ChargeAsync(string card) => _sandbox.PayAsync(card, ("customer", _customer), ("off_session", "true"));

    /// <summary>Pays with the shopper there, who passes the bank's question, and saves the card for later.</summary>
    private async Task<string> SetUpAsync(string number, string usage, string confirmation = "manual")
    {
        var card = await _sandbox.NewCardAsync(number);
        var paid = (await _sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("confirm", "true"), ("confirmation_method", confirmation), ("allowed_payment_method_types[]", "card"),
            ("use_stripe_sdk", "true"), ("payment_method", card), ("customer", _customer), ("setup_future_usage", usage))).Ok();
        Assert.Equal("requires_action", paid.State);
        await _sandbox.AnswerChallengeAsync(paid.Id, "succeed");
        if (confirmation == "manual")
            await _sandbox.ConfirmAsync(paid.Id);
        Assert.Equal("succeeded", (await _sandbox.GetAsync($"/v1/payment_intents/{paid.Id}")).State);
        return card;
    }
}
