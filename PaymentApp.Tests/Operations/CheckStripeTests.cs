using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Stripe;
using PaymentApp.Tests.Sandbox;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Operations;

/// <summary><c>check-stripe</c> against a sandbox in the place of a Stripe account.</summary>
public sealed class CheckStripeTests : IAsyncLifetime
{
    private const string Dahlia = "2026-08-26.dahlia";
    private const string SecretKey = "sk_test_shop";
    private const string PublishableKey = "pk_test_shop";
    private const string Works = "A checkout would work: 13 of 13 ok.";

    private static readonly string[] Command = ["check-stripe"];

    private SandboxUnderTest _sandbox = null!;

    // An account knows its own keys and no other.
    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync(
        options => (options.SecretKey, options.PublishableKey) = (SecretKey, PublishableKey));

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData(null, "2026-10-28.endive", "allowed_payment_method_types", "endive")]
    [InlineData(Dahlia, Dahlia, "payment_method_types", "dahlia")]
    public async Task A_checkout_works_in_either_dialect(string? apiVersion, string version, string parameter, string train)
    {
        var run = await CheckAsync(("Stripe:ApiVersion", apiVersion), ("Stripe:StripeJsUrl", ScriptOf(train)));

        Assert.Equal((0, Works), (run.ExitCode, run.Lines[^1]));
        Assert.Equal($"{_sandbox.Server.Address}, API version {version}, {parameter}[]=card", run.Lines[0]);
        Assert.Contains(run.Lines, line => line.StartsWith("ok      A card that needs nothing: POST /v1/payment_intents ", StringComparison.Ordinal)
            && line.Contains($" {parameter}[0]=card", StringComparison.Ordinal)
            && line.Contains(" confirmation_method=manual", StringComparison.Ordinal)
            && line.EndsWith(" -> 200 succeeded", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line =>
            line.EndsWith(" -> 402 authentication_required authentication_not_handled requires_payment_method", StringComparison.Ordinal));
        Assert.Empty(run.Files);
    }

    [Theory]
    [InlineData(null, "endive")]
    [InlineData(Dahlia, "dahlia")]
    public async Task Without_keys_the_sandbox_in_the_process_is_checked_and_keeps_nothing(string? apiVersion, string train)
    {
        var run = await CommandRun.OfAsync(Command, ("Stripe:ApiVersion", apiVersion));

        Assert.Equal((0, Works), (run.ExitCode, run.Lines[^1]));
        Assert.StartsWith("StripeSandbox in this process, for no keys are set", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains($"/{train}/stripe.js -> 200 text/javascript", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Files);
    }

    [Fact]
    public async Task Nothing_is_left_open_and_nobody_reads_a_key_or_a_secret()
    {
        var run = await CheckAsync();

        var intents = _sandbox.Server.Books.All<PaymentIntent>();
        Assert.NotEmpty(intents);
        Assert.All(intents, intent => Assert.True(intent.Status is IntentStatus.Succeeded or IntentStatus.Canceled, $"{intent.Id} is {intent.Status}."));
        Assert.DoesNotContain("_secret_", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sk_test", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", "Live Stripe keys are refused in Development")]
    [InlineData("Production", "Stripe:SecretKey is a live key")]
    public async Task Live_keys_are_refused_and_nobody_is_asked(string environment, string says)
    {
        var run = await CommandRun.OfAsync(
            Command, environment, NobodyIsAsked, ("Stripe:SecretKey", "sk_live_verysecret"), ("Stripe:PublishableKey", "pk_live_1"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(says, Assert.Single(run.NotOk), StringComparison.Ordinal);
        Assert.DoesNotContain("verysecret", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_no_shop_starts_with_are_named()
    {
        var run = await CommandRun.OfAsync(Command, "Production", NobodyIsAsked, ("Stripe:ApiVersion", "yesterday"));

        Assert.Equal(1, run.ExitCode);
        Assert.Collection(
            run.NotOk,
            secret => Assert.Contains("Stripe:SecretKey is missing", secret, StringComparison.Ordinal),
            publishable => Assert.Contains("Stripe:PublishableKey is missing", publishable, StringComparison.Ordinal),
            version => Assert.Contains("Stripe:ApiVersion is not a version", version, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_key_that_Stripe_does_not_know_ends_it()
    {
        var run = await CheckAsync(("Stripe:SecretKey", "sk_test_of_nobody"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Stripe does not know Stripe:SecretKey", Assert.Single(run.NotOk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publishable_key_of_no_account_is_told_apart_from_all_else()
    {
        var run = await CheckAsync(("Stripe:PublishableKey", "pk_test_of_nobody"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Stripe:PublishableKey belongs to no account that Stripe knows", Assert.Single(run.NotOk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_two_accounts_are_told_apart_from_all_else()
    {
        await using var second = await SandboxUnderTest.StartAsync(options => options.PublishableKey = "pk_test_second");

        var run = await CommandRun.OfAsync(
            Command,
            "Development",
            builder => builder.Services.AddHttpClient(StripeHosting.HttpClientName)
                .AddHttpMessageHandler(() => new TwoAccounts("pk_test_second", second.Server.Address)),
            [.. Settings(), ("Stripe:PublishableKey", "pk_test_second")]);

        Assert.Equal(1, run.ExitCode);
        var problem = Assert.Single(run.NotOk);
        Assert.Contains("-> 404 resource_missing", problem, StringComparison.Ordinal);
        Assert.Contains("Stripe:PublishableKey and Stripe:SecretKey belong to two accounts", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_that_cannot_be_reached_ends_it()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var run = await CheckAsync(("Stripe:ApiBase", $"http://{taken.LocalEndPoint}"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no answer (ConnectionError)", Assert.Single(run.NotOk), StringComparison.Ordinal);
        Assert.Contains($"http://{taken.LocalEndPoint}/ cannot be reached", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_else_than_Stripe_is_told()
    {
        await FaultAsync(("kind", "html"));

        var run = await CheckAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("something else than Stripe answers there", Assert.Single(run.NotOk), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "allowed_payment_method_types", "set Stripe:ApiVersion to 2026-08-26.dahlia")]
    [InlineData(Dahlia, "payment_method_types", "take the setting Stripe:ApiVersion away")]
    [InlineData(null, "confirmation_method", "either: ask its support")]
    public async Task A_dialect_that_Stripe_refuses_is_told_with_what_to_set(string? apiVersion, string refused, string advice)
    {
        await FaultAsync(
            ("kind", "refuse"), ("parameter", refused), ("error[code]", "parameter_unknown"), ("error[param]", refused),
            ("error[message]", $"Received unknown parameter: {refused}"));

        var run = await CheckAsync(("Stripe:ApiVersion", apiVersion));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.NotOk, line => line.Contains($"-> 400 parameter_unknown, not 200 succeeded. Received unknown parameter: {refused}", StringComparison.Ordinal));
        Assert.Contains(advice, run.Lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("A checkout would not work", run.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dahlia/nothing.js", "-> 404")]
    [InlineData("/v1/payment_intents", "-> 401")]
    public async Task A_Stripe_js_that_does_not_answer_is_told(string path, string answer)
    {
        var run = await CheckAsync(("Stripe:StripeJsUrl", new Uri(_sandbox.Server.Address, path).ToString()));

        Assert.Equal(1, run.ExitCode);
        var problem = Assert.Single(run.NotOk);
        Assert.Contains(answer, problem, StringComparison.Ordinal);
        Assert.Contains("Leave Stripe:StripeJsUrl unset for Stripe's own https://js.stripe.com/endive/stripe.js", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_endpoint_that_is_not_registered_fails_nothing()
    {
        await RegisterAsync("https://elsewhere.example/stripe", "*");

        var run = await CheckAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("none of the account's 1 endpoints ends in /webhooks/stripe", Assert.Single(run.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_endpoint_is_described_with_its_version_and_the_events_that_it_lacks()
    {
        await RegisterAsync("https://shop.example/webhooks/stripe", "payment_intent.succeeded", "charge.refunded");

        var run = await CheckAsync(("Stripe:WebhookSecret", ""));

        Assert.Equal(0, run.ExitCode);
        Assert.Collection(
            run.Notes,
            endpoint =>
            {
                Assert.Contains("https://shop.example/webhooks/stripe is enabled, API version 2026-08-26.dahlia", endpoint, StringComparison.Ordinal);
                Assert.Contains("missing payment_intent.amount_capturable_updated, payment_intent.canceled", endpoint, StringComparison.Ordinal);
                Assert.DoesNotContain("payment_intent.succeeded", endpoint, StringComparison.Ordinal);
            },
            secret => Assert.Contains("Stripe:WebhookSecret is not set", secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_webhook_endpoint_that_gets_everything_lacks_nothing()
    {
        await RegisterAsync("https://shop.example/webhooks/stripe/", "*");

        var run = await CheckAsync(("Stripe:WebhookSecret", "whsec_1"));

        Assert.Contains("no event missing", Assert.Single(run.Notes), StringComparison.Ordinal);
    }

    private Task<CommandRun> CheckAsync(params (string Key, string? Value)[] settings) =>
        CommandRun.OfAsync(Command, [.. Settings(), .. settings]);

    private (string Key, string? Value)[] Settings() =>
    [
        ("Stripe:SecretKey", SecretKey), ("Stripe:PublishableKey", PublishableKey),
        ("Stripe:ApiBase", _sandbox.Server.Address.ToString()), ("Stripe:StripeJsUrl", ScriptOf("endive")),
        ("Stripe:ApiVersion", ""),
    ];

    private string ScriptOf(string train) => new Uri(_sandbox.Server.Address, $"/{train}/stripe.js").ToString();

    private async Task FaultAsync(params (string Name, string Value)[] fault) =>
        (await _sandbox.PostAsAsync(null, "/_sandbox/faults", [("route", "POST /v1/payment_intents"), .. fault])).Ok();

    private async Task RegisterAsync(string url, params string[] events) => (await _sandbox.PostAsAsync(
        SecretKey,
        "/v1/webhook_endpoints",
        [("url", url), ("api_version", Dahlia), .. events.Select((type, index) => ($"enabled_events[{index}]", type))])).Ok();

    private static void NobodyIsAsked(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) =>
        builder.Services.AddHttpClient(StripeHosting.HttpClientName).AddHttpMessageHandler(() => new Nobody());

    private sealed class Nobody : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{request.RequestUri} was asked.");
    }

    /// <summary>One API with a second account behind it, whose publishable key is good and whose books are its own.</summary>
    private sealed class TwoAccounts(string publishableKey, Uri second) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Authorization is AuthenticationHeaderValue { Parameter: var key } && key == publishableKey)
                request.RequestUri = new Uri(second, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
