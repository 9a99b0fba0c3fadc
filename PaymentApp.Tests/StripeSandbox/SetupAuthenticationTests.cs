using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>The bank asks the shopper before their card is saved.</summary>
public sealed class SetupAuthenticationTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_passed_challenge_sets_the_card_up_without_another_confirm()
    {
        var customer = await _sandbox.NewCustomerAsync();
        var setup = (await _sandbox.SetUpAsync("pm_card_authenticationRequiredOnSetup", ("customer", customer))).Ok();
        Assert.Equal("requires_action", setup.State);
        Assert.Equal("stripe_3ds2_fingerprint", setup.At("next_action.use_stripe_sdk.type"));

        var done = (await _sandbox.AnswerSetupChallengeAsync(setup.Id, "succeed")).Ok();

        Assert.Equal("succeeded", done.State);
        Assert.Null(done.At("next_action"));
        var attempt = (await _sandbox.SetupAsync(setup.Id, "?expand[]=latest_attempt")).Ok();
        Assert.Equal("succeeded", attempt.At("latest_attempt.status"));
        Assert.Equal("authenticated", attempt.At("latest_attempt.payment_method_details.card.three_d_secure.result"));
        Assert.Equal(
            ["setup_intent.created", "setup_intent.requires_action", "payment_method.attached", "setup_intent.succeeded"],
            await _sandbox.SetupStoryAsync());
        Assert.Equal(400, (await _sandbox.AnswerSetupChallengeAsync(setup.Id, "fail")).Status);
    }

    [Theory]
    [InlineData("off_session", true)]
    [InlineData("on_session", false)]
    public async Task A_card_that_was_set_up_for_it_is_charged_without_the_shopper(string usage, bool isCharged)
    {
        var customer = await _sandbox.NewCustomerAsync();
        var setup = (await _sandbox.SetUpAsync("pm_card_authenticationRequiredOnSetup", ("customer", customer), ("usage", usage))).Ok();
        await _sandbox.AnswerSetupChallengeAsync(setup.Id, "succeed");

        var paid = await _sandbox.PayAsync(setup.Text("payment_method"), ("customer", customer), ("off_session", "true"));

        Assert.Equal(isCharged ? 200 : 402, paid.Status);
        Assert.Equal(isCharged ? "succeeded" : "authentication_required", isCharged ? paid.State : paid.At("error.code"));
    }

    [Fact]
    public async Task A_failed_challenge_asks_for_another_card_and_saves_nothing()
    {
        var customer = await _sandbox.NewCustomerAsync();
        var setup = (await _sandbox.SetUpAsync("pm_card_authenticationRequiredOnSetup", ("customer", customer))).Ok();

        var failed = (await _sandbox.AnswerSetupChallengeAsync(setup.Id, "fail")).Ok();

        Assert.Equal("requires_payment_method", failed.State);
        Assert.Null(failed.At("payment_method"));
        Assert.Equal("setup_intent_authentication_failure", failed.At("last_setup_error.code"));
        Assert.Equal("invalid_request_error", failed.At("last_setup_error.type"));
        Assert.Equal(setup.At("payment_method"), failed.At("last_setup_error.payment_method.id"));
        Assert.Equal("setup_intent.setup_failed", (await _sandbox.SetupStoryAsync())[^1]);
        Assert.Empty((await _sandbox.GetAsync($"/v1/customers/{customer}/payment_methods")).Ok().Json.GetProperty("data").EnumerateArray());
        Assert.Equal("succeeded", (await _sandbox.ConfirmSetupAsync(setup.Id, ("payment_method", "pm_card_visa"))).Ok().State);
    }

    [Fact]
    public async Task The_bank_waits_an_hour()
    {
        var setup = (await _sandbox.SetUpAsync("pm_card_authenticationRequired")).Ok();
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("requires_action", (await _sandbox.SetupAsync(setup.Id)).State);

        _sandbox.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("setup_intent.setup_failed", (await _sandbox.SetupStoryAsync())[^1]);
        var lapsed = (await _sandbox.SetupAsync(setup.Id, "?expand[]=latest_attempt")).Ok();
        Assert.Equal("requires_payment_method", lapsed.State);
        Assert.Equal("setup_intent_setup_attempt_expired", lapsed.At("last_setup_error.code"));
        Assert.Equal("abandoned", lapsed.At("latest_attempt.status"));
        Assert.Equal(400, (await _sandbox.AnswerSetupChallengeAsync(setup.Id, "succeed")).Status);
    }

    [Fact]
    public async Task The_bank_can_ask_on_a_page_of_its_own_and_sends_the_shopper_back()
    {
        var setup = (await _sandbox.NewSetupAsync(
            ("payment_method", "pm_card_authenticationRequired"), ("confirm", "true"), ("return_url", "https://shop.example/back?a=1"))).Ok();
        Assert.Equal("https://shop.example/back?a=1", setup.At("next_action.redirect_to_url.return_url"));
        var bank = setup.Text("next_action.redirect_to_url.url");
        Assert.Contains("test-source-authorize-3ds", await _sandbox.Http.GetStringAsync(bank), StringComparison.Ordinal);

        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answered = await browser.PostAsync(bank.Split('?')[0] + "/return", new FormUrlEncodedContent(
            [KeyValuePair.Create("client_secret", setup.Text("client_secret")), KeyValuePair.Create("outcome", "succeed")]));

        Assert.Equal(303, (int)answered.StatusCode);
        Assert.StartsWith($"https://shop.example/back?a=1&setup_intent={setup.Id}&setup_intent_client_secret={setup.Id}_secret_",
            answered.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("succeeded", (await _sandbox.SetupAsync(setup.Id)).State);
    }

    [Fact]
    public async Task Only_the_shopper_answers_the_bank()
    {
        var setup = (await _sandbox.SetUpAsync("pm_card_authenticationRequired")).Ok();
        var path = "/three-ds/" + setup.Text("next_action.use_stripe_sdk.three_d_secure_2_source");

        var guessed = await _sandbox.PostAsAsync(null, path, ("client_secret", "guess"), ("outcome", "succeed"));
        Assert.Equal((401, "setup_intent_invalid_parameter"), (guessed.Status, guessed.At("error.code")));
        var answered = (await _sandbox.PostAsAsync(null, path, ("client_secret", setup.Text("client_secret")), ("outcome", "succeed"))).Ok();
        Assert.Equal("succeeded", answered.State);
        Assert.False(answered.Has("metadata"));
        var payment = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        Assert.Equal(404, (await _sandbox.AnswerSetupChallengeAsync(payment.Id, "succeed")).Status);
        Assert.Equal(404, (await _sandbox.AnswerChallengeAsync(setup.Id, "succeed")).Status);
    }

    [Fact]
    public async Task Every_confirm_leaves_an_attempt_that_says_how_it_ended()
    {
        var setup = (await _sandbox.NewSetupAsync(("usage", "on_session"))).Ok();
        Assert.Equal(402, (await _sandbox.ConfirmSetupAsync(setup.Id, ("payment_method", "pm_card_chargeDeclined"))).Status);
        await _sandbox.ConfirmSetupAsync(setup.Id, ("payment_method", "pm_card_authenticationRequired"));
        await _sandbox.ConfirmSetupAsync(setup.Id, ("payment_method", "pm_card_authenticationRequired"));
        await _sandbox.AnswerSetupChallengeAsync(setup.Id, "fail");
        await _sandbox.ConfirmSetupAsync(setup.Id, ("payment_method", "pm_card_visa"));

        var attempts = (await _sandbox.GetAsync($"/v1/setup_attempts?setup_intent={setup.Id}&expand[]=data.setup_intent")).Ok().Json.GetProperty("data")
            .EnumerateArray().ToList();

        Assert.Equal(["succeeded", "failed", "abandoned", "failed"], attempts.Select(attempt => attempt.GetProperty("status").GetString()));
        Assert.Equal(
            [null, "setup_intent_authentication_failure", null, "card_declined"],
            attempts.Select(attempt => attempt.GetProperty("setup_error") is { ValueKind: System.Text.Json.JsonValueKind.Object } error
                ? error.GetProperty("code").GetString()
                : null));
        Assert.All(attempts, attempt => Assert.Equal(setup.Id, attempt.GetProperty("setup_intent").GetProperty("id").GetString()));
        Assert.All(attempts, attempt => Assert.Equal("on_session", attempt.GetProperty("usage").GetString()));
        var page = (await _sandbox.GetAsync($"/v1/setup_attempts?setup_intent={setup.Id}&limit=3")).Ok();
        Assert.Equal("True", page.At("has_more"));
        Assert.Equal("/v1/setup_attempts", page.At("url"));
    }

    [Fact]
    public async Task A_cancel_closes_the_banks_question()
    {
        var setup = (await _sandbox.SetUpAsync("pm_card_authenticationRequired")).Ok();

        (await _sandbox.PostAsync($"/v1/setup_intents/{setup.Id}/cancel")).Ok();

        Assert.Equal(400, (await _sandbox.AnswerSetupChallengeAsync(setup.Id, "succeed")).Status);
        Assert.Equal("abandoned", (await _sandbox.SetupAsync(setup.Id, "?expand[]=latest_attempt")).At("latest_attempt.status"));
        Assert.All(_sandbox.Server.Books.All<Challenge>(), challenge => Assert.Equal(ChallengeState.Superseded, challenge.State));
    }
}
