using System.Text.Json;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>What can go wrong on the way, on request: what happened and what the client saw of it.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const string Intents = "/v1/payment_intents";
    private const string Create = "POST /v1/payment_intents";

    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData("error_before", 500, "api_error")]
    [InlineData("conflict", 409, "idempotency_error")]
    [InlineData("rate_limit", 429, "invalid_request_error")]
    [InlineData("lock_timeout", 429, "invalid_request_error")]
    public async Task A_fault_before_execution_changes_nothing_and_leaves_the_key_free(string kind, int status, string type)
    {
        await InjectAsync(("kind", kind), ("route", Create), ("count", "1"));

        var failed = await PayOnceAsync();
        Assert.Equal(status, failed.Status);
        Assert.Equal(type, failed.At("error.type"));
        Assert.Empty(_sandbox.Server.Books.All<PaymentIntent>());

        Assert.Null((await PayOnceAsync()).Ok().Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_refusal_is_the_one_that_was_asked_for()
    {
        await InjectAsync(("kind", "refuse"), ("route", Create), ("count", "1"), ("status", "403"), ("error[type]", "invalid_request_error"),
            ("error[code]", "feature_not_enabled"), ("error[message]", "Not for this account."), ("error[param]", "confirmation_method"));

        var refused = await PayOnceAsync();

        Assert.Equal(403, refused.Status);
        Assert.Equal(
            ("invalid_request_error", "feature_not_enabled", "Not for this account.", "confirmation_method"),
            (refused.At("error.type"), refused.At("error.code"), refused.At("error.message"), refused.At("error.param")));
        Assert.Empty(_sandbox.Server.Books.All<PaymentIntent>());
        Assert.Null((await PayOnceAsync()).Ok().Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_fault_meets_only_requests_that_name_its_parameter()
    {
        await InjectAsync(("kind", "refuse"), ("route", Create), ("parameter", "allowed_payment_method_types"), ("error[param]", "confirmation_method"));

        var refused = await PayOnceAsync();
        var old = await _sandbox.SendInAsync("2026-07-29.dahlia", HttpMethod.Post, Intents, ("amount", "1999"), ("currency", "usd"),
            ("confirm", "true"), ("confirmation_method", "manual"), ("payment_method_types[]", "card"), ("payment_method", "pm_card_visa"));

        Assert.Equal((400, "confirmation_method"), (refused.Status, refused.At("error.param")));
        Assert.Equal("succeeded", old.Ok().State);
    }

    [Theory]
    [InlineData("kind=error_before&status=400", "status")]
    [InlineData("kind=refuse&status=200", "status")]
    [InlineData("kind=refuse&error[type]=nonsense", "error[type]")]
    [InlineData("kind=reset_before&parameter=amount", "parameter")]
    public async Task A_refusal_that_contradicts_itself_is_not_taken(string form, string param)
    {
        var refused = await _sandbox.PostAsAsync(null, "/_sandbox/faults", [.. form.Split('&').Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))]);

        Assert.Equal((400, param), (refused.Status, refused.At("error.param")));
    }

    [Fact]
    public async Task Rate_limits_say_when_to_come_back_and_locks_that_it_is_worth_it()
    {
        await InjectAsync(("kind", "rate_limit"), ("count", "1"));
        Assert.Equal("1", (await PayOnceAsync()).Header("Retry-After"));
        await InjectAsync(("kind", "lock_timeout"), ("count", "1"));
        var locked = await PayOnceAsync();
        Assert.Equal("true", locked.Header("Stripe-Should-Retry"));
        Assert.Equal("lock_timeout", locked.At("error.code"));
    }

    [Fact]
    public async Task A_500_after_execution_hides_a_payment_that_the_key_still_knows()
    {
        await InjectAsync(("kind", "error_after"), ("route", Create), ("count", "1"));

        Assert.Equal(500, (await PayOnceAsync()).Status);
        Assert.Single(_sandbox.Server.Books.All<Charge>());

        var replayed = (await PayOnceAsync()).Ok();
        Assert.Equal("true", replayed.Header("Idempotent-Replayed"));
        Assert.Equal("succeeded", replayed.State);
        Assert.Single(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task A_stored_500_is_what_the_key_answers_although_the_payment_happened()
    {
        await InjectAsync(("kind", "error_stored"), ("route", Create), ("count", "1"));

        Assert.Equal(500, (await PayOnceAsync()).Status);
        var replayed = await PayOnceAsync();

        Assert.Equal(500, replayed.Status);
        Assert.Equal("true", replayed.Header("Idempotent-Replayed"));
        Assert.Single(_sandbox.Server.Books.All<Charge>());
    }

    [Theory]
    [InlineData("reset_before", 0)]
    [InlineData("reset_after", 1)]
    public async Task A_broken_connection_tells_nothing_of_what_happened(string kind, int charges)
    {
        await InjectAsync(("kind", kind), ("route", Create), ("count", "1"));

        await Assert.ThrowsAsync<HttpRequestException>(PayOnceAsync);

        Assert.Equal(charges, _sandbox.Server.Books.All<Charge>().Count());
        Assert.Equal("succeeded", (await PayOnceAsync()).Ok().State);
        Assert.Single(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task While_a_request_runs_its_key_is_in_use()
    {
        await InjectAsync(("kind", "delay_before"), ("route", Create), ("count", "1"), ("latency_ms", "5000"));
        var slow = PayOnceAsync();
        await UntilWaitingAsync();

        var second = await PayOnceAsync();
        Assert.Equal(409, second.Status);
        Assert.Equal("idempotency_key_in_use", second.At("error.code"));
        Assert.Empty(_sandbox.Server.Books.All<Charge>());

        _sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("succeeded", (await slow).Ok().State);
        Assert.Equal("true", (await PayOnceAsync()).Ok().Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_client_that_gives_up_waiting_has_paid_all_the_same()
    {
        await InjectAsync(("kind", "delay_after"), ("route", Create), ("count", "1"), ("latency_ms", "5000"));
        using var patience = new CancellationTokenSource();
        var request = new HttpRequestMessage(HttpMethod.Post, Intents)
        {
            Content = new FormUrlEncodedContent(SandboxUnderTest.Guide("pm_card_visa").Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
        };
        request.Headers.Authorization = new("Bearer", SandboxUnderTest.SecretKey);
        var answer = _sandbox.Http.SendAsync(request, patience.Token);
        await UntilWaitingAsync();

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Single(_sandbox.Server.Books.All<Charge>());
    }

    [Theory]
    [InlineData("empty_body")]
    [InlineData("html")]
    [InlineData("truncated")]
    public async Task A_spoiled_answer_is_not_json_and_the_payment_happened(string kind)
    {
        await InjectAsync(("kind", kind), ("route", Create), ("count", "1"));

        var body = await SpoiledAsync();

        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
        Assert.Single(_sandbox.Server.Books.All<Charge>());
        Assert.Equal("succeeded", (await PayOnceAsync()).Ok().State);
    }

    [Fact]
    public async Task Wrong_types_are_json_that_no_client_expects()
    {
        await InjectAsync(("kind", "wrong_types"), ("route", Create), ("count", "1"));

        var json = JsonDocument.Parse(await SpoiledAsync()).RootElement;

        Assert.Equal(JsonValueKind.String, json.GetProperty("amount").ValueKind);
        Assert.Equal(JsonValueKind.Number, json.GetProperty("status").ValueKind);
    }

    [Fact]
    public async Task A_fault_meets_its_route_only_skips_as_told_and_ends_when_it_is_taken_away()
    {
        await InjectAsync(("kind", "error_before"), ("route", "POST /v1/payment_intents/{intent}/cancel"), ("skip", "1"));
        var intent = (await PayOnceAsync()).Ok();
        var cancel = $"{Intents}/{intent.Id}/cancel";

        Assert.Equal(400, (await _sandbox.PostAsync(cancel)).Status);
        Assert.Equal(500, (await _sandbox.PostAsync(cancel)).Status);
        Assert.Equal(500, (await _sandbox.PostAsync(cancel)).Status);

        await _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/_sandbox/faults"), key: null);
        Assert.Equal(400, (await _sandbox.PostAsync(cancel)).Status);
    }

    [Fact]
    public async Task A_fault_with_a_probability_strikes_some_and_the_same_ones_for_the_same_seed()
    {
        var first = await StruckAsync();
        var second = await StruckAsync();

        Assert.Equal(first, second);
        Assert.InRange(first.Count(struck => struck), 1, first.Length - 1);

        async Task<bool[]> StruckAsync()
        {
            await _sandbox.PostAsAsync(null, "/_sandbox/reset");
            await InjectAsync(("kind", "error_before"), ("probability", "0.5"), ("seed", "7"));
            var struck = new List<bool>();
            for (var i = 0; i < 20; i++)
                struck.Add((await _sandbox.GetAsync("/v1/payment_intents")).Status == 500);
            return [.. struck];
        }
    }

    [Theory]
    [InlineData("kind=nonsense")]
    [InlineData("route=x")]
    [InlineData("kind=conflict&probability=2")]
    [InlineData("kind=conflict&count=0")]
    public async Task A_fault_that_makes_no_sense_is_refused(string query)
    {
        var answer = await _sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/_sandbox/faults?{query}"), key: null);
        Assert.Equal(400, answer.Status);
        Assert.Equal("succeeded", (await PayOnceAsync()).Ok().State);
    }

    private async Task InjectAsync(params (string, string)[] form) => (await _sandbox.PostAsAsync(null, "/_sandbox/faults", form)).Ok();

    private Task<SandboxAnswer> PayOnceAsync() => _sandbox.PostOnceAsync("order-1", Intents, SandboxUnderTest.Guide("pm_card_visa"));

    private async Task<string> SpoiledAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Intents)
        {
            Content = new FormUrlEncodedContent(SandboxUnderTest.Guide("pm_card_visa").Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
        };
        request.Headers.Authorization = new("Bearer", SandboxUnderTest.SecretKey);
        request.Headers.Add("Idempotency-Key", "order-1");
        using var response = await _sandbox.Http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private Task UntilWaitingAsync() => Eventually.TrueAsync(async () =>
        (await _sandbox.GetAsync("/_sandbox/faults", key: null)).Ok().Json.GetProperty("faults")[0].GetProperty("waiting").GetInt32() == 1);
}
