namespace PaymentApp.Tests.Sandbox;

public sealed class UpdateTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task An_empty_value_clears_a_field_or_a_metadata_key()
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("description", "Blue mug"), ("metadata[a]", "1"), ("metadata[b]", "2"))).Ok();

        var updated = (await UpdateAsync(intent.Id, ("description", ""), ("metadata[a]", ""), ("metadata[c]", "3"))).Ok();

        Assert.Null(updated.At("description"));
        Assert.False(updated.Has("metadata.a"));
        Assert.Equal("2", updated.At("metadata.b"));
        Assert.Equal("3", updated.At("metadata.c"));
        Assert.False((await UpdateAsync(intent.Id, ("metadata", ""))).Ok().Has("metadata.b"));
    }

    [Theory]
    [InlineData("kwd", "invalid_charge_amount")]
    [InlineData("isk", "invalid_charge_amount")]
    [InlineData("czk", "amount_too_small")]
    public async Task Another_currency_alone_must_take_the_amount_that_is_there(string currency, string code)
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1001"), ("currency", "usd"))).Ok();

        var refused = await UpdateAsync(intent.Id, ("currency", currency));

        Assert.Equal((400, code, "amount"), (refused.Status, refused.At("error.code"), refused.At("error.param")));
        Assert.Equal("usd", (await UpdateAsync(intent.Id)).Ok().At("currency"));
    }

    [Fact]
    public async Task Another_amount_needs_another_authentication()
    {
        var intent = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        await _sandbox.AnswerChallengeAsync(intent.Id, "succeed");

        var updated = (await UpdateAsync(intent.Id, ("amount", "2999"))).Ok();
        Assert.Equal("requires_confirmation", updated.State);

        Assert.Equal("requires_action", (await _sandbox.ConfirmAsync(intent.Id, ("use_stripe_sdk", "true"))).Ok().State);
    }

    [Fact]
    public async Task A_paid_intent_keeps_its_amount_and_takes_a_note()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa")).Ok();

        var refused = await UpdateAsync(intent.Id, ("amount", "5"));
        Assert.Equal(400, refused.Status);
        Assert.Equal("payment_intent_unexpected_state", refused.At("error.code"));

        var noted = (await UpdateAsync(intent.Id, ("metadata[note]", "gift"))).Ok();
        Assert.Equal("gift", noted.At("metadata.note"));
        Assert.Equal("succeeded", noted.State);
    }

    [Fact]
    public async Task A_card_can_be_given_before_the_confirm()
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"))).Ok();
        Assert.Equal("requires_confirmation", (await UpdateAsync(intent.Id, ("payment_method", "pm_card_visa"))).Ok().State);
        Assert.Equal("succeeded", (await _sandbox.ConfirmAsync(intent.Id, ("return_url", "https://shop.example"))).Ok().State);
    }

    private Task<SandboxAnswer> UpdateAsync(string id, params (string, string)[] form) => _sandbox.PostAsync($"/v1/payment_intents/{id}", form);
}
