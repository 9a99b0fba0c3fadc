using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>What a SetupIntent still takes in which state, and how it says no.</summary>
public sealed class SetupStateTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task One_without_a_card_cannot_be_confirmed_whatever_its_state()
    {
        var setup = (await _sandbox.NewSetupAsync()).Ok();
        await RefusedAsync(setup.Id, "/confirm", "missing a payment method");

        (await _sandbox.PostAsync($"/v1/setup_intents/{setup.Id}/cancel")).Ok();
        await RefusedAsync(setup.Id, "/confirm", "missing a payment method");
        Assert.Equal("setup_intent_unexpected_state", (await _sandbox.NewSetupAsync(("confirm", "true"))).At("error.code"));
        Assert.Single(_sandbox.Server.Books.All<SetupIntent>());
    }

    [Fact]
    public async Task One_that_has_succeeded_takes_a_note_and_nothing_else()
    {
        var setup = (await _sandbox.SetUpAsync("pm_card_visa")).Ok();

        await RefusedAsync(setup.Id, "/confirm", "because it has already succeeded");
        await RefusedAsync(setup.Id, "/cancel", "`requires_payment_method`, `requires_confirmation`, or `requires_action`");
        await RefusedAsync(setup.Id, "", "cannot update this SetupIntent", ("payment_method", "pm_card_visa"));
        var noted = (await _sandbox.PostAsync($"/v1/setup_intents/{setup.Id}", ("description", "Kept"), ("metadata[a]", "1"))).Ok();
        Assert.Equal(("Kept", "1", "succeeded"), (noted.At("description"), noted.At("metadata.a"), noted.State));
    }

    [Fact]
    public async Task One_that_is_canceled_keeps_its_card_and_stays_canceled()
    {
        var setup = (await _sandbox.NewSetupAsync(("payment_method", "pm_card_visa"))).Ok();
        Assert.Equal("requires_confirmation", setup.State);

        var canceled = (await _sandbox.PostAsync($"/v1/setup_intents/{setup.Id}/cancel", ("cancellation_reason", "duplicate"))).Ok();

        Assert.Equal(("canceled", "duplicate"), (canceled.State, canceled.At("cancellation_reason")));
        Assert.Equal(setup.At("payment_method"), canceled.At("payment_method"));
        Assert.Equal("setup_intent.canceled", (await _sandbox.SetupStoryAsync())[^1]);
        await RefusedAsync(setup.Id, "/confirm", "because it has been canceled");
        await RefusedAsync(setup.Id, "/cancel", "because it is already canceled");
        Assert.Equal(400, (await _sandbox.PostAsync($"/v1/setup_intents/{setup.Id}/cancel", ("cancellation_reason", "fraudulent"))).Status);
    }

    [Fact]
    public async Task Another_card_can_be_given_while_the_bank_waits()
    {
        var setup = (await _sandbox.SetUpAsync("pm_card_authenticationRequired")).Ok();

        var updated = (await _sandbox.PostAsync($"/v1/setup_intents/{setup.Id}", ("payment_method", "pm_card_visa"))).Ok();

        Assert.Equal("requires_confirmation", updated.State);
        Assert.Null(updated.At("next_action"));
        Assert.Equal(400, (await _sandbox.AnswerSetupChallengeAsync(setup.Id, "succeed")).Status);
        Assert.Equal("succeeded", (await _sandbox.ConfirmSetupAsync(setup.Id)).Ok().State);
    }

    [Fact]
    public async Task Nothing_is_missing_in_silence()
    {
        var unknown = await _sandbox.SetupAsync("seti_nobody");
        Assert.Equal((404, "resource_missing", "intent"), (unknown.Status, unknown.At("error.code"), unknown.At("error.param")));
        Assert.Equal("No such setupintent: 'seti_nobody'", unknown.At("error.message"));
        Assert.Equal("parameter_unknown", (await _sandbox.NewSetupAsync(("amount", "100"))).At("error.code"));
        Assert.Equal("usage", (await _sandbox.NewSetupAsync(("usage", "sometimes"))).At("error.param"));
        Assert.Equal("return_url", (await _sandbox.NewSetupAsync(("return_url", "https://shop.example"))).At("error.param"));
        Assert.Equal("flow_directions[0]", (await _sandbox.NewSetupAsync(("flow_directions[]", "up"))).At("error.param"));
        Assert.Equal("parameter_missing", (await _sandbox.GetAsync("/v1/setup_attempts")).At("error.code"));
        Assert.Equal(404, (await _sandbox.GetAsync("/v1/setup_attempts?setup_intent=seti_nobody")).Status);
        var customer = await _sandbox.NewCustomerAsync();
        Assert.Equal("attach_to_self", (await _sandbox.NewSetupAsync(("customer", customer), ("attach_to_self", "true"))).At("error.param"));
    }

    [Fact]
    public async Task Endless_confirming_ends_it()
    {
        var setup = (await _sandbox.NewSetupAsync()).Ok();
        for (var i = 0; i < 100; i++)
            Assert.Equal(402, (await _sandbox.ConfirmSetupAsync(setup.Id, ("payment_method", "pm_card_chargeDeclined"))).Status);

        Assert.Equal("canceled", (await _sandbox.ConfirmSetupAsync(setup.Id, ("payment_method", "pm_card_visa"))).Ok().State);
    }

    private async Task RefusedAsync(string id, string action, string message, params (string Name, string Value)[] form)
    {
        var refused = await _sandbox.PostAsync($"/v1/setup_intents/{id}{action}", form);
        Assert.Equal((400, "setup_intent_unexpected_state"), (refused.Status, refused.At("error.code")));
        Assert.Contains(message, refused.At("error.message"), StringComparison.Ordinal);
        Assert.Equal(id, refused.At("error.setup_intent.id"));
    }
}
