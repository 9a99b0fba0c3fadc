using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>What the cards of https://docs.stripe.com/testing do when they are set up.</summary>
public sealed class SetupCardTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("378282246310005")]
    [InlineData("4000000000000341")]
    [InlineData("4000000000003055")]
    [InlineData("4000000000000101")]
    public async Task Most_cards_are_set_up_at_once(string number)
    {
        var setup = (await _sandbox.SetUpAsync(await _sandbox.NewCardAsync(number), ("expand[]", "latest_attempt"))).Ok();
        Assert.Equal("succeeded", setup.State);
        Assert.Null(setup.At("latest_attempt.payment_method_details.card.three_d_secure"));
    }

    [Theory]
    [InlineData("4000002500003155")]
    [InlineData("4000002760003184")]
    [InlineData("4000003800000446")]
    [InlineData("4000008260003178")]
    [InlineData("4000000000003220")]
    [InlineData("4000008400000027")]
    [InlineData("4000008400001629")]
    public async Task Others_are_once_their_bank_has_asked_the_shopper(string number)
    {
        var setup = (await _sandbox.SetUpAsync(await _sandbox.NewCardAsync(number))).Ok();
        Assert.Equal("requires_action", setup.State);
        Assert.Equal("succeeded", (await _sandbox.AnswerSetupChallengeAsync(setup.Id, "succeed")).Ok().State);
    }

    [Theory]
    [InlineData("4000000000000002", "card_declined", "generic_decline")]
    [InlineData("4000000000009995", "card_declined", "insufficient_funds")]
    [InlineData("4000000000009987", "card_declined", "lost_card")]
    [InlineData("4000000000000069", "expired_card", "expired_card")]
    [InlineData("4000000000000127", "incorrect_cvc", "incorrect_cvc")]
    [InlineData("4000000000000119", "processing_error", "processing_error")]
    [InlineData("4000008400001280", "card_declined", "generic_decline")]
    public async Task The_declined_ones_are_declined_then_already(string number, string code, string declineCode)
    {
        var customer = await _sandbox.NewCustomerAsync();
        var card = await _sandbox.NewCardAsync(number);

        var declined = await _sandbox.SetUpAsync(card, ("customer", customer));

        Assert.Equal(402, declined.Status);
        Assert.Equal(("card_error", code, declineCode),
            (declined.At("error.type"), declined.At("error.code"), declined.At("error.decline_code")));
        Assert.Equal(card, declined.At("error.payment_method.id"));
        Assert.Equal("requires_payment_method", declined.At("error.setup_intent.status"));
        Assert.Null(declined.At("error.setup_intent.payment_method"));
        Assert.Equal(code, declined.At("error.setup_intent.last_setup_error.code"));
        Assert.Equal(["setup_intent.created", "setup_intent.setup_failed"], await _sandbox.SetupStoryAsync());
        Assert.Empty(_sandbox.Server.Books.All<Charge>());
        Assert.Null(_sandbox.Server.Books.Find<PaymentMethod>(card)!.Customer);
    }

    [Fact]
    public async Task A_card_may_be_set_up_and_declined_when_it_is_charged()
    {
        var customer = await _sandbox.NewCustomerAsync();
        var setup = (await _sandbox.SetUpAsync("pm_card_chargeCustomerFail", ("customer", customer))).Ok();

        var declined = await _sandbox.PayAsync(setup.Text("payment_method"), ("customer", customer), ("off_session", "true"));

        Assert.Equal((402, "card_declined"), (declined.Status, declined.At("error.code")));
    }

    [Fact]
    public async Task An_optional_authentication_is_asked_for_on_request()
    {
        var setup = (await _sandbox.SetUpAsync("pm_card_threeDSecureOptional", ("payment_method_options[card][request_three_d_secure]", "any"))).Ok();
        Assert.Equal("requires_action", setup.State);
    }

    [Fact]
    public async Task A_frictionless_card_is_authenticated_without_a_question()
    {
        var setup = (await _sandbox.SetUpAsync("pm_card_threeDSecure2Frictionless", ("expand[]", "latest_attempt"))).Ok();
        Assert.Equal("succeeded", setup.State);
        Assert.Equal("frictionless", setup.At("latest_attempt.payment_method_details.card.three_d_secure.authentication_flow"));
    }
}
