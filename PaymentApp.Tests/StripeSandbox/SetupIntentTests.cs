using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>A card is saved without a payment: what SetupIntents are, and what can be done with them.</summary>
public sealed class SetupIntentTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_new_one_asks_for_a_card_and_says_what_it_is_for()
    {
        var setup = (await _sandbox.NewSetupAsync(("metadata[a]", "1"), ("description", "A card for later"))).Ok();

        Assert.Equal("requires_payment_method", setup.State);
        Assert.StartsWith($"{setup.Id}_secret_", setup.Text("client_secret"), StringComparison.Ordinal);
        Assert.Equal("off_session", setup.At("usage"));
        Assert.Equal("1", setup.At("metadata.a"));
        Assert.Equal("automatic", setup.At("payment_method_options.card.request_three_d_secure"));
        Assert.Null(setup.At("latest_attempt"));
        Assert.False(setup.Has("attach_to_self"));
        Assert.Equal(["setup_intent.created"], await _sandbox.SetupStoryAsync());
    }

    [Fact]
    public async Task What_the_caller_says_of_its_use_is_kept()
    {
        var setup = (await _sandbox.NewSetupAsync(
            ("usage", "on_session"), ("attach_to_self", "true"), ("flow_directions[]", "inbound"), ("flow_directions[]", "outbound"),
            ("payment_method_options[card][request_three_d_secure]", "any"))).Ok();

        Assert.Equal("on_session", setup.At("usage"));
        Assert.Equal("True", setup.At("attach_to_self"));
        Assert.Equal(2, setup.Json.GetProperty("flow_directions").GetArrayLength());
        Assert.Equal("any", setup.At("payment_method_options.card.request_three_d_secure"));
    }

    [Fact]
    public async Task Without_types_it_takes_what_the_dashboard_enables()
    {
        var setup = (await _sandbox.PostAsync("/v1/setup_intents")).Ok();
        Assert.Equal("always", setup.At("automatic_payment_methods.allow_redirects"));

        var refused = await _sandbox.ConfirmSetupAsync(setup.Id, ("payment_method", "pm_card_visa"));
        Assert.Equal(400, refused.Status);
        Assert.Contains("This SetupIntent is configured", refused.At("error.message"), StringComparison.Ordinal);
        Assert.Equal("succeeded", (await _sandbox.ConfirmSetupAsync(
            setup.Id, ("payment_method", "pm_card_visa"), ("return_url", "https://shop.example"))).Ok().State);
    }

    [Fact]
    public async Task Success_saves_the_card_with_the_customer()
    {
        var customer = await _sandbox.NewCustomerAsync();
        var setup = (await _sandbox.SetUpAsync("pm_card_visa", ("customer", customer), ("expand[]", "payment_method"))).Ok();

        Assert.Equal("succeeded", setup.State);
        Assert.Equal(customer, setup.At("payment_method.customer"));
        Assert.Equal("pass", setup.At("payment_method.card.checks.cvc_check"));
        Assert.Null(setup.At("mandate"));
        Assert.Equal(["setup_intent.created", "payment_method.attached", "setup_intent.succeeded"], await _sandbox.SetupStoryAsync());
        var saved = (await _sandbox.GetAsync($"/v1/customers/{customer}/payment_methods")).Ok();
        Assert.Equal(setup.At("payment_method.id"), saved.Json.GetProperty("data")[0].GetProperty("id").GetString());
        Assert.Empty(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task Without_a_customer_the_card_can_be_attached_later_but_not_set_up_or_charged_again()
    {
        var setup = (await _sandbox.SetUpAsync("pm_card_visa")).Ok();
        var card = setup.Text("payment_method");

        Assert.Equal("payment_method_unexpected_state", (await _sandbox.SetUpAsync(card)).At("error.code"));
        Assert.Equal("payment_method_unexpected_state", (await _sandbox.PayAsync(card)).At("error.code"));
        var customer = await _sandbox.NewCustomerAsync();
        Assert.Equal(customer, (await _sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", customer))).Ok().At("customer"));
        Assert.Equal("succeeded", (await _sandbox.PayAsync(card, ("customer", customer))).Ok().State);
    }

    [Fact]
    public async Task A_card_that_comes_with_the_request_is_set_up_too()
    {
        var setup = (await _sandbox.NewSetupAsync(("payment_method_data[type]", "card"), ("payment_method_data[card][token]", "tok_visa"))).Ok();
        Assert.Equal("requires_confirmation", setup.State);

        Assert.Equal("succeeded", (await _sandbox.ConfirmSetupAsync(setup.Id)).Ok().State);
    }

    [Fact]
    public async Task The_customer_and_the_card_must_belong_together()
    {
        var (owner, other) = (await _sandbox.NewCustomerAsync(), await _sandbox.NewCustomerAsync());
        var card = (await _sandbox.PostAsync("/v1/payment_methods/pm_card_visa/attach", ("customer", owner))).Ok().Id;

        var nobody = await _sandbox.SetUpAsync(card);
        Assert.Equal("payment_method", nobody.At("error.param"));
        Assert.Contains($"belongs to the Customer {owner}", nobody.At("error.message"), StringComparison.Ordinal);
        Assert.False(nobody.Has("error.setup_intent"));

        var setup = (await _sandbox.NewSetupAsync(("customer", other))).Ok();
        var refused = await _sandbox.ConfirmSetupAsync(setup.Id, ("payment_method", card));
        Assert.Contains($"does not belong to the Customer you supplied {other}", refused.At("error.message"), StringComparison.Ordinal);
        Assert.Equal(setup.Id, refused.At("error.setup_intent.id"));
        Assert.Equal("resource_missing", (await _sandbox.NewSetupAsync(("customer", "cus_nobody"))).At("error.code"));
    }

    [Fact]
    public async Task A_browser_confirms_with_the_client_secret_and_sees_less()
    {
        var setup = (await _sandbox.NewSetupAsync(("metadata[internal]", "yes"))).Ok();
        (string, string) secret = ("client_secret", setup.Text("client_secret"));
        var path = $"/v1/setup_intents/{setup.Id}";

        Assert.Equal(400, (await _sandbox.PostAsAsync(SandboxUnderTest.PublishableKey, path + "/confirm", ("payment_method", "pm_card_visa"))).Status);
        var wrong = await _sandbox.PostAsAsync(SandboxUnderTest.PublishableKey, path + "/confirm", ("client_secret", "seti_secret_guess"));
        Assert.Equal("setup_intent_invalid_parameter", wrong.At("error.code"));
        var meddling = await _sandbox.PostAsAsync(SandboxUnderTest.PublishableKey, path + "/confirm", secret,
            ("payment_method", "pm_card_threeDSecureOptional"), ("payment_method_options[card][request_three_d_secure]", "automatic"));
        Assert.Equal("parameter_unknown", meddling.At("error.code"));
        var confirmed = (await _sandbox.PostAsAsync(
            SandboxUnderTest.PublishableKey, path + "/confirm", secret, ("payment_method", "pm_card_visa"), ("use_stripe_sdk", "true"))).Ok();
        Assert.Equal("succeeded", confirmed.State);
        Assert.False(confirmed.Has("metadata"));

        Assert.Equal(400, (await _sandbox.GetAsync(path, SandboxUnderTest.PublishableKey)).Status);
        var seen = (await _sandbox.GetAsync($"{path}?client_secret={setup.Text("client_secret")}", SandboxUnderTest.PublishableKey)).Ok();
        Assert.Equal("succeeded", seen.State);
        Assert.Equal(403, (await _sandbox.PostAsAsync(SandboxUnderTest.PublishableKey, path + "/cancel")).Status);
    }

    [Fact]
    public async Task Lists_go_by_customer_by_card_and_by_time()
    {
        var customer = await _sandbox.NewCustomerAsync();
        var first = (await _sandbox.SetUpAsync("pm_card_visa", ("customer", customer))).Ok();
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await _sandbox.NewSetupAsync()).Ok();

        Assert.Equal([second.Id, first.Id], await ListAsync(""));
        Assert.Equal([first.Id], await ListAsync($"?customer={customer}"));
        Assert.Equal([first.Id], await ListAsync($"?payment_method={first.Text("payment_method")}"));
        Assert.Equal([second.Id], await ListAsync($"?created[gte]={second.Text("created")}"));
        Assert.Equal([first.Id], await ListAsync($"?starting_after={second.Id}"));

        async Task<string[]> ListAsync(string query) =>
            [.. (await _sandbox.GetAsync("/v1/setup_intents" + query)).Ok().Json.GetProperty("data").EnumerateArray()
                .Select(setup => setup.GetProperty("id").GetString()!)];
    }

    [Fact]
    public async Task The_same_key_sets_up_once()
    {
        var first = (await _sandbox.PostOnceAsync("card-1", "/v1/setup_intents", ("allowed_payment_method_types[]", "card"))).Ok();
        var again = (await _sandbox.PostOnceAsync("card-1", "/v1/setup_intents", ("allowed_payment_method_types[]", "card"))).Ok();

        Assert.Equal(first.Body, again.Body);
        Assert.Single(_sandbox.Server.Books.All<SetupIntent>());
    }
}
