using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>The guide's flow, step by step, as its server sees it.</summary>
public sealed class ManualConfirmationTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_card_that_needs_no_authentication_is_paid_at_once()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa")).Ok();

        Assert.Equal("succeeded", intent.State);
        Assert.Equal("1999", intent.At("amount_received"));
        var charge = (await _sandbox.GetAsync($"/v1/charges/{intent.Text("latest_charge")}")).Ok();
        Assert.Equal("True", charge.At("paid"));
        Assert.Equal("4242", charge.At("payment_method_details.card.last4"));
    }

    [Fact]
    public async Task An_authenticated_card_is_charged_by_the_second_confirm()
    {
        var intent = (await _sandbox.PayAsync(await _sandbox.NewCardAsync("4000002500003155"))).Ok();
        Assert.Equal("requires_action", intent.State);
        Assert.Equal("use_stripe_sdk", intent.At("next_action.type"));
        Assert.Equal("stripe_3ds2_fingerprint", intent.At("next_action.use_stripe_sdk.type"));
        Assert.Null(intent.At("latest_charge"));

        var answered = (await _sandbox.AnswerChallengeAsync(intent.Id, "succeed")).Ok();
        Assert.Equal("requires_confirmation", answered.State);
        Assert.Null(answered.At("next_action"));
        Assert.Empty(_sandbox.Server.Books.All<Charge>());

        var paid = (await _sandbox.ConfirmAsync(intent.Id, ("expand[]", "latest_charge"))).Ok();
        Assert.Equal("succeeded", paid.State);
        Assert.Equal("authenticated", paid.At("latest_charge.payment_method_details.card.three_d_secure.result"));
        Assert.Single(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task A_failed_challenge_asks_for_another_card_and_charges_nothing()
    {
        var card = await _sandbox.NewCardAsync("4000002500003155");
        var intent = (await _sandbox.PayAsync(card)).Ok();

        var failed = (await _sandbox.AnswerChallengeAsync(intent.Id, "fail")).Ok();

        Assert.Equal("requires_payment_method", failed.State);
        Assert.Equal("payment_intent_authentication_failure", failed.At("last_payment_error.code"));
        Assert.Equal("invalid_request_error", failed.At("last_payment_error.type"));
        Assert.Equal(card, failed.At("last_payment_error.payment_method.id"));
        Assert.Null(failed.At("payment_method"));
        Assert.Empty(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task A_card_that_failed_once_cannot_be_used_again_but_a_fresh_one_pays_the_same_intent()
    {
        var card = await _sandbox.NewCardAsync("4000002500003155");
        var intent = (await _sandbox.PayAsync(card)).Ok();
        await _sandbox.AnswerChallengeAsync(intent.Id, "fail");

        var again = await _sandbox.ConfirmAsync(intent.Id, ("payment_method", card));
        Assert.Equal(400, again.Status);
        Assert.Equal("payment_method", again.At("error.param"));

        var paid = (await _sandbox.ConfirmAsync(intent.Id, ("payment_method", await _sandbox.NewCardAsync("4242424242424242")))).Ok();
        Assert.Equal("succeeded", paid.State);
        Assert.Null(paid.At("last_payment_error"));
    }

    [Fact]
    public async Task A_declined_card_answers_402_with_the_intent_the_charge_and_the_card()
    {
        var declined = await _sandbox.PayAsync("pm_card_chargeDeclinedInsufficientFunds");

        Assert.Equal(402, declined.Status);
        Assert.Equal("card_error", declined.At("error.type"));
        Assert.Equal("card_declined", declined.At("error.code"));
        Assert.Equal("insufficient_funds", declined.At("error.decline_code"));
        Assert.Equal("Your card has insufficient funds.", declined.At("error.message"));
        Assert.Equal("https://stripe.com/docs/error-codes/card-declined", declined.At("error.doc_url"));
        Assert.Contains(declined.Header("Request-Id")!, declined.Text("error.request_log_url"), StringComparison.Ordinal);
        Assert.Equal("requires_payment_method", declined.At("error.payment_intent.status"));
        Assert.Null(declined.At("error.payment_intent.payment_method"));
        Assert.Equal(declined.At("error.charge"), declined.At("error.payment_intent.latest_charge"));
        Assert.Equal("9995", declined.At("error.payment_intent.last_payment_error.payment_method.card.last4"));
        Assert.Equal("9995", declined.At("error.payment_method.card.last4"));
        Assert.False(declined.Has("error.payment_intent.last_payment_error.payment_intent"));

        var charge = (await _sandbox.GetAsync($"/v1/charges/{declined.Text("error.charge")}")).Ok();
        Assert.Equal("failed", charge.State);
        Assert.Equal("False", charge.At("paid"));
        Assert.Equal("issuer_declined", charge.At("outcome.type"));
    }

    [Fact]
    public async Task The_basic_integration_fails_a_card_that_needs_authentication()
    {
        var declined = await _sandbox.PayAsync("pm_card_authenticationRequiredOnSetup", ("error_on_requires_action", "true"));

        Assert.Equal(402, declined.Status);
        Assert.Equal("authentication_required", declined.At("error.code"));
        Assert.Equal("authentication_not_handled", declined.At("error.decline_code"));
        Assert.Equal("requires_payment_method", declined.At("error.payment_intent.status"));
        Assert.Equal("authentication_not_handled", declined.At("error.payment_intent.last_payment_error.decline_code"));
        Assert.Empty(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task Without_the_shopper_a_card_that_needs_authentication_is_declined()
    {
        var declined = await _sandbox.PayAsync("pm_card_authenticationRequired", ("off_session", "true"));

        Assert.Equal(402, declined.Status);
        Assert.Equal("authentication_required", declined.At("error.decline_code"));
        Assert.Empty(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task A_card_set_up_for_off_session_is_authenticated_only_with_the_shopper_present()
    {
        Assert.Equal("succeeded", (await _sandbox.PayAsync("pm_card_authenticationRequiredSetupForOffSession", ("off_session", "true"))).Ok().State);
        Assert.Equal("requires_action", (await _sandbox.PayAsync("pm_card_authenticationRequiredSetupForOffSession")).Ok().State);
    }

    [Fact]
    public async Task An_attempt_not_finished_within_the_hour_fails()
    {
        var unanswered = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var unconfirmed = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        await _sandbox.AnswerChallengeAsync(unconfirmed.Id, "succeed");

        _sandbox.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("requires_action", (await _sandbox.GetAsync($"/v1/payment_intents/{unanswered.Id}")).State);
        Assert.Equal("requires_confirmation", (await _sandbox.GetAsync($"/v1/payment_intents/{unconfirmed.Id}")).State);

        _sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var id in new[] { unanswered.Id, unconfirmed.Id })
        {
            var expired = (await _sandbox.GetAsync($"/v1/payment_intents/{id}")).Ok();
            Assert.Equal("requires_payment_method", expired.State);
            Assert.Equal("payment_intent_payment_attempt_expired", expired.At("last_payment_error.code"));
        }

        Assert.Equal(400, (await _sandbox.AnswerChallengeAsync(unanswered.Id, "succeed")).Status);
        Assert.Empty(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task An_intent_that_was_never_confirmed_does_not_expire()
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("confirmation_method", "manual"), ("payment_method", "pm_card_visa"))).Ok();
        Assert.Equal("requires_confirmation", intent.State);

        _sandbox.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal("requires_confirmation", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).State);
        Assert.Equal("succeeded", (await _sandbox.ConfirmAsync(intent.Id)).Ok().State);
    }

    [Fact]
    public async Task Confirming_while_the_bank_waits_begins_a_new_attempt_and_ends_the_old_question()
    {
        var intent = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var oldSource = intent.Text("next_action.use_stripe_sdk.three_d_secure_2_source");

        var again = (await _sandbox.ConfirmAsync(intent.Id)).Ok();
        Assert.Equal("requires_action", again.State);
        var newSource = again.Text("next_action.use_stripe_sdk.three_d_secure_2_source");
        Assert.NotEqual(oldSource, newSource);

        var secret = intent.Text("client_secret");
        Assert.Equal(400, (await _sandbox.PostAsAsync(null, $"/three-ds/{oldSource}", ("client_secret", secret), ("outcome", "fail"))).Status);
        Assert.Equal("requires_confirmation",
            (await _sandbox.PostAsAsync(null, $"/three-ds/{newSource}", ("client_secret", secret), ("outcome", "succeed"))).Ok().State);
    }

    [Fact]
    public async Task A_card_that_fails_after_authentication_is_declined_by_the_second_confirm()
    {
        var intent = (await _sandbox.PayAsync(await _sandbox.NewCardAsync("4000008260003178"))).Ok();
        await _sandbox.AnswerChallengeAsync(intent.Id, "succeed");

        var declined = await _sandbox.ConfirmAsync(intent.Id);

        Assert.Equal(402, declined.Status);
        Assert.Equal("insufficient_funds", declined.At("error.decline_code"));
    }

    [Fact]
    public async Task Confirming_a_paid_intent_is_refused_with_the_intent_in_the_body()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa")).Ok();

        var refused = await _sandbox.ConfirmAsync(intent.Id);

        Assert.Equal(400, refused.Status);
        Assert.Equal("payment_intent_unexpected_state", refused.At("error.code"));
        Assert.Equal("succeeded", refused.At("error.payment_intent.status"));
        Assert.Single(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task Confirming_without_a_card_is_refused()
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("confirmation_method", "manual"))).Ok();

        var refused = await _sandbox.ConfirmAsync(intent.Id);

        Assert.Equal(400, refused.Status);
        Assert.Equal("payment_intent_unexpected_state", refused.At("error.code"));
        Assert.Equal("requires_payment_method", refused.At("error.payment_intent.status"));
    }

    [Fact]
    public async Task An_intent_that_may_send_the_shopper_away_needs_an_address_to_come_back_to()
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"))).Ok();
        Assert.Equal("always", intent.At("automatic_payment_methods.allow_redirects"));

        var refused = await _sandbox.ConfirmAsync(intent.Id, ("payment_method", "pm_card_visa"));
        Assert.Equal(400, refused.Status);
        Assert.Contains("`return_url`", refused.At("error.message"), StringComparison.Ordinal);

        Assert.Equal("succeeded", (await _sandbox.ConfirmAsync(
            intent.Id, ("payment_method", "pm_card_visa"), ("return_url", "https://shop.example"))).Ok().State);
    }

    [Fact]
    public async Task A_waiting_intent_can_be_canceled_and_a_paid_one_cannot()
    {
        var waiting = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var canceled = (await _sandbox.PostAsync($"/v1/payment_intents/{waiting.Id}/cancel", ("cancellation_reason", "abandoned"))).Ok();
        Assert.Equal("canceled", canceled.State);
        Assert.Equal("abandoned", canceled.At("cancellation_reason"));
        Assert.NotNull(canceled.At("canceled_at"));
        Assert.Equal(400, (await _sandbox.AnswerChallengeAsync(waiting.Id, "succeed")).Status);

        var paid = (await _sandbox.PayAsync("pm_card_visa")).Ok();
        var refused = await _sandbox.PostAsync($"/v1/payment_intents/{paid.Id}/cancel");
        Assert.Equal(400, refused.Status);
        Assert.Contains("requires_payment_method, requires_capture, requires_confirmation, requires_action", refused.Text("error.message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manual_capture_holds_the_money_for_seven_days()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        Assert.Equal("requires_capture", intent.State);
        Assert.Equal("1999", intent.At("amount_capturable"));
        Assert.Equal("0", intent.At("amount_received"));

        _sandbox.Clock.Advance(TimeSpan.FromDays(7));

        var canceled = (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).Ok();
        Assert.Equal("canceled", canceled.State);
        Assert.Equal("automatic", canceled.At("cancellation_reason"));
    }

    [Theory]
    [InlineData("sandbox.internal:12111", null, null, "http://sandbox.internal:12111/three-ds/")]
    [InlineData("192.168.1.20:5081", null, null, "http://192.168.1.20:5081/three-ds/")]
    [InlineData("localhost:12111", "tunnel.internal", "https", "https://tunnel.internal/three-ds/")]
    public async Task The_shopper_is_sent_to_the_host_that_the_client_called(string host, string? forwardedHost, string? forwardedProto, string bank)
    {
        using var form = new FormUrlEncodedContent(
        [
            .. SandboxUnderTest.Guide("pm_card_authenticationRequired").Where(pair => pair.Name != "use_stripe_sdk")
                .Append(("return_url", "https://shop.example/back")).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)),
        ]);
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/payment_intents") { Content = form };
        request.Headers.Host = host;
        if (forwardedHost is not null)
            request.Headers.Add("X-Forwarded-Host", forwardedHost);
        if (forwardedProto is not null)
            request.Headers.Add("X-Forwarded-Proto", forwardedProto);

        var intent = (await _sandbox.SendAsync(request, SandboxUnderTest.SecretKey)).Ok();

        Assert.StartsWith(bank, intent.Text("next_action.redirect_to_url.url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_stripe_js_the_shopper_is_sent_to_the_bank_and_back()
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("confirm", "true"), ("confirmation_method", "manual"), ("allowed_payment_method_types[]", "card"),
            ("payment_method", "pm_card_authenticationRequired"), ("return_url", "https://shop.example/back"))).Ok();

        Assert.Equal("redirect_to_url", intent.At("next_action.type"));
        Assert.Equal("https://shop.example/back", intent.At("next_action.redirect_to_url.return_url"));
        var bank = intent.Text("next_action.redirect_to_url.url");
        Assert.StartsWith(_sandbox.Server.Address.ToString(), bank, StringComparison.Ordinal);
        Assert.Contains("test-source-authorize-3ds", await _sandbox.Http.GetStringAsync(bank), StringComparison.Ordinal);

        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answered = await browser.PostAsync(bank.Split('?')[0] + "/return", new FormUrlEncodedContent(
            [KeyValuePair.Create("client_secret", intent.Text("client_secret")), KeyValuePair.Create("outcome", "succeed")]));

        Assert.Equal(303, (int)answered.StatusCode);
        Assert.StartsWith($"https://shop.example/back?payment_intent={intent.Id}&payment_intent_client_secret=",
            answered.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("requires_confirmation", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).State);
    }

    [Fact]
    public async Task Automatic_confirmation_charges_as_soon_as_the_shopper_is_authenticated()
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("confirm", "true"), ("allowed_payment_method_types[]", "card"), ("use_stripe_sdk", "true"),
            ("payment_method", "pm_card_authenticationRequired"))).Ok();
        Assert.Equal("requires_action", intent.State);

        Assert.Equal("succeeded", (await _sandbox.AnswerChallengeAsync(intent.Id, "succeed")).Ok().State);
    }

    [Fact]
    public async Task Optional_authentication_is_asked_for_when_the_merchant_wants_it()
    {
        Assert.Equal("succeeded", (await _sandbox.PayAsync("pm_card_threeDSecureOptional")).Ok().State);
        Assert.Equal("requires_action", (await _sandbox.PayAsync("pm_card_threeDSecureOptional",
            ("payment_method_options[card][request_three_d_secure]", "any"))).Ok().State);
    }
}
