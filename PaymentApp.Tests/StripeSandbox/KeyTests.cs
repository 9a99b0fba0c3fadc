using System.Net.Http.Headers;
using System.Text;
using StripeSandbox;

namespace PaymentApp.Tests.Sandbox;

public sealed class KeyTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Without_a_key_nobody_is_let_in()
    {
        var answer = await _sandbox.GetAsync("/v1/payment_intents/pi_1", key: null);

        Assert.Equal(401, answer.Status);
        Assert.Equal("invalid_request_error", answer.At("error.type"));
        Assert.StartsWith("You did not provide an API key.", answer.At("error.message"), StringComparison.Ordinal);
        Assert.Equal("Basic realm=\"Stripe\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("sk_test_51verysecretvalue1234", "sk_test_****")]
    [InlineData("rk_test_51verysecretvalue1234", "rk_test_****")]
    [InlineData("pk_test_51verysecretvalue1234", "pk_test_****")]
    [InlineData("sk_test_sandbox", "sk_test_*")]
    public async Task Where_keys_were_given_another_is_refused_and_not_repeated(string key, string shown)
    {
        await using var own = await SandboxUnderTest.StartAsync(options => (options.SecretKey, options.PublishableKey) = ("sk_test_own", "pk_test_own"));

        var answer = await own.GetAsync("/v1/payment_intents/pi_1", key);

        Assert.Equal(401, answer.Status);
        Assert.StartsWith("Invalid API Key provided: " + shown, answer.At("error.message"), StringComparison.Ordinal);
        Assert.DoesNotContain("verysecret", answer.Body, StringComparison.Ordinal);
        Assert.Equal(404, (await own.GetAsync("/v1/payment_intents/pi_1", "sk_test_own")).Status);
        Assert.Equal(403, (await own.GetAsync("/v1/charges/ch_1", "pk_test_own")).Status);
    }

    [Fact]
    public async Task Any_test_key_opens_the_one_account()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa")).Ok();

        foreach (var key in new[] { "sk_test_51Hx0", "sk_test_sandbox", "rk_test_51Hx0", "sk_test_4eC39HqLyjWDarjtT1zdp7dc", "sk_test_" + new string('a', 100) })
            Assert.Equal("succeeded", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}", key)).Ok().State);
        var byBrowser = await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}?client_secret={intent.Text("client_secret")}", "pk_test_TYooMQauvdEDq54NiTphI7jx");
        Assert.False(byBrowser.Ok().Has("metadata"));
        Assert.Equal("secret_key_required", (await _sandbox.GetAsync("/v1/charges/ch_1", "pk_test_TYooMQauvdEDq54NiTphI7jx")).At("error.code"));
    }

    [Theory]
    [InlineData("sk_live_51verysecretvalue1234")]
    [InlineData("rk_live_51verysecretvalue1234")]
    [InlineData("pk_live_51verysecretvalue1234")]
    public async Task A_live_key_is_refused_in_words_and_not_repeated(string key)
    {
        var answer = await _sandbox.GetAsync("/v1/payment_intents/pi_1", key);

        Assert.Equal(401, answer.Status);
        Assert.Contains("It is a live key", answer.At("error.message"), StringComparison.Ordinal);
        Assert.DoesNotContain("verysecret", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk_test_")]
    [InlineData("pk_test_")]
    [InlineData("sk_test_with-dash")]
    [InlineData("sk_test_line\nbreak")]
    [InlineData("sk_prod_51Hx0")]
    [InlineData("ek_test_51Hx0")]
    [InlineData("xsk_test_51Hx0")]
    [InlineData("whsec_51Hx0")]
    [InlineData("test")]
    public async Task What_is_no_key_of_Stripes_is_refused(string key)
    {
        var answer = await _sandbox.GetAsync($"/v1/payment_intents/pi_1?key={Uri.EscapeDataString(key)}", key: null);

        Assert.Equal(401, answer.Status);
        Assert.StartsWith("Invalid API Key provided", answer.At("error.message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_file_has_keys_of_its_own_which_a_reset_leaves()
    {
        using var folder = new TemporaryFolder();
        string secret, publishable;
        await using (var first = await SandboxUnderTest.StartAsync(Own))
        {
            (secret, publishable) = (first.Server.SecretKey, first.Server.PublishableKey);
            Assert.Matches("^sk_test_[A-Za-z0-9]{32}$", secret);
            Assert.Matches("^pk_test_[A-Za-z0-9]{32}$", publishable);
            Assert.Equal(401, (await first.GetAsync("/v1/payment_intents")).Status);
            (await first.PostAsAsync(null, "/_sandbox/reset")).Ok();
            (await first.GetAsync("/v1/payment_intents", secret)).Ok();
        }

        await using var second = await SandboxUnderTest.StartAsync(Own);
        Assert.Equal((secret, publishable), (second.Server.SecretKey, second.Server.PublishableKey));
        (await second.GetAsync("/v1/payment_intents", secret)).Ok();
        await using var other = await SandboxUnderTest.StartAsync(options => options.MakeKeys = true);
        Assert.NotEqual(secret, other.Server.SecretKey);

        void Own(SandboxOptions options) => (options.MakeKeys, options.Data) = (true, Path.Combine(folder.Path, "own.data"));
    }

    [Fact]
    public async Task The_key_may_come_as_the_user_name_of_basic()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/payment_intents/pi_1");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(SandboxUnderTest.SecretKey + ":")));

        Assert.Equal(404, (await _sandbox.SendAsync(request, key: null)).Status);
    }

    [Fact]
    public async Task A_publishable_key_makes_payment_methods_as_header_or_parameter()
    {
        (string, string)[] card =
            [("type", "card"), ("card[number]", "4242424242424242"), ("card[exp_month]", "12"), ("card[exp_year]", "30"), ("card[cvc]", "123")];

        var byHeader = (await _sandbox.PostAsAsync(SandboxUnderTest.PublishableKey, "/v1/payment_methods", card)).Ok();
        var byParameter = (await _sandbox.PostAsAsync(null, "/v1/payment_methods", [.. card, ("key", SandboxUnderTest.PublishableKey)])).Ok();

        Assert.NotEqual(byHeader.Id, byParameter.Id);
        Assert.False(byHeader.Has("card.fingerprint"));
        Assert.Equal("*", byHeader.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_publishable_key_sees_an_intent_only_with_its_client_secret()
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("metadata[order]", "42"))).Ok();
        var path = $"/v1/payment_intents/{intent.Id}";

        var seen = (await _sandbox.GetAsync($"{path}?client_secret={intent.Text("client_secret")}", SandboxUnderTest.PublishableKey)).Ok();
        Assert.Equal("succeeded", seen.State);
        Assert.False(seen.Has("metadata"));
        Assert.False(seen.Has("latest_charge"));

        Assert.Equal(400, (await _sandbox.GetAsync(path, SandboxUnderTest.PublishableKey)).Status);
        var wrong = await _sandbox.GetAsync($"{path}?client_secret={intent.Id}_secret_guess", SandboxUnderTest.PublishableKey);
        Assert.Equal(400, wrong.Status);
        Assert.Equal("client_secret", wrong.At("error.param"));
        Assert.DoesNotContain("succeeded", wrong.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/v1/payment_intents")]
    [InlineData("POST", "/v1/payment_intents/{id}/capture")]
    [InlineData("POST", "/v1/payment_intents/{id}/cancel")]
    [InlineData("GET", "/v1/charges/ch_1")]
    [InlineData("GET", "/v1/payment_methods/pm_1")]
    public async Task A_publishable_key_can_do_nothing_else(string method, string path)
    {
        var intent = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{id}", intent.Id, StringComparison.Ordinal));

        var answer = await _sandbox.SendAsync(request, SandboxUnderTest.PublishableKey);

        Assert.Equal(403, answer.Status);
        Assert.Equal("secret_key_required", answer.At("error.code"));
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("requires_action", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).State);
    }

    [Fact]
    public async Task A_page_may_ask_before_it_calls_with_a_publishable_key_and_only_then()
    {
        var allowed = await _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/v1/payment_methods"), key: null);
        Assert.Equal("*", allowed.Header("Access-Control-Allow-Origin"));
        Assert.Contains("Authorization", allowed.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);

        var refused = await _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/v1/payment_intents/pi_1/cancel"), key: null);
        Assert.Null(refused.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task The_challenge_is_answered_with_the_client_secret_only()
    {
        var intent = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var source = intent.Text("next_action.use_stripe_sdk.three_d_secure_2_source");
        var secret = intent.Text("client_secret");

        Assert.Equal(401, (await _sandbox.PostAsAsync(null, $"/three-ds/{source}", ("client_secret", "guess"), ("outcome", "succeed"))).Status);
        Assert.Equal(404, (await _sandbox.PostAsAsync(null, "/three-ds/src_nobody", ("client_secret", secret), ("outcome", "succeed"))).Status);
        Assert.Equal(400, (await _sandbox.PostAsAsync(null, $"/three-ds/{source}", ("client_secret", secret), ("outcome", "maybe"))).Status);
        Assert.Equal("requires_action", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).State);

        var answered = (await _sandbox.PostAsAsync(null, $"/three-ds/{source}", ("client_secret", secret), ("outcome", "succeed"))).Ok();
        Assert.Equal("requires_confirmation", answered.State);
        Assert.False(answered.Has("metadata"));
        Assert.Equal(400, (await _sandbox.PostAsAsync(null, $"/three-ds/{source}", ("client_secret", secret), ("outcome", "fail"))).Status);
        Assert.Equal("requires_confirmation", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).State);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Host", "evil.example")]
    public async Task A_web_page_cannot_use_the_control_surface(string header, string value)
    {
        var intent = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/_sandbox/payment_intents/{intent.Id}/challenge?outcome=succeed");
        request.Headers.Add(header, value);

        Assert.Equal(403, (await _sandbox.SendAsync(request, key: null)).Status);
        Assert.Equal("requires_action", (await _sandbox.GetAsync($"/v1/payment_intents/{intent.Id}")).State);
    }
}
