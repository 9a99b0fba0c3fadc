using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private const string Intents = "/v1/payment_intents";

    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task The_same_key_replays_the_same_answer_and_charges_once()
    {
        var form = SandboxUnderTest.Guide("pm_card_visa");

        var first = (await _sandbox.PostOnceAsync("order-1", Intents, form)).Ok();
        var second = (await _sandbox.PostOnceAsync("order-1", Intents, form)).Ok();

        Assert.Equal(first.Body, second.Body);
        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal("order-1", second.Header("Idempotency-Key"));
        Assert.Equal(first.Header("Request-Id"), second.Header("Original-Request"));
        Assert.NotEqual(first.Header("Request-Id"), second.Header("Request-Id"));
        Assert.Single(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task A_decline_is_replayed_too()
    {
        var form = SandboxUnderTest.Guide("pm_card_chargeDeclined");

        var first = await _sandbox.PostOnceAsync("order-1", Intents, form);
        var second = await _sandbox.PostOnceAsync("order-1", Intents, form);

        Assert.Equal(402, second.Status);
        Assert.Equal(first.Body, second.Body);
        Assert.Single(_sandbox.Server.Books.All<PaymentIntent>());
    }

    [Fact]
    public async Task Parameters_in_another_order_or_notation_are_the_same_request()
    {
        await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "100"), ("currency", "usd"), ("allowed_payment_method_types[0]", "card"));
        var again = await _sandbox.PostOnceAsync("order-1", Intents, ("allowed_payment_method_types[]", "card"), ("currency", "usd"), ("amount", "100"));

        Assert.Equal("true", again.Ok().Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Other_parameters_under_the_same_key_are_refused()
    {
        await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "100"), ("currency", "usd"));
        var other = await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "200"), ("currency", "usd"));

        Assert.Equal(400, other.Status);
        Assert.Equal("idempotency_error", other.At("error.type"));
        Assert.False(other.Has("error.code"));
        Assert.Contains("'order-1'", other.At("error.message"), StringComparison.Ordinal);
        Assert.Single(_sandbox.Server.Books.All<PaymentIntent>());
    }

    [Fact]
    public async Task Another_endpoint_under_the_same_key_is_refused()
    {
        var intent = (await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "100"), ("currency", "usd"))).Ok();
        var other = await _sandbox.PostOnceAsync("order-1", $"{Intents}/{intent.Id}/cancel");

        Assert.Equal(400, other.Status);
        Assert.Equal("idempotency_error", other.At("error.type"));
        Assert.Equal("requires_payment_method", (await _sandbox.GetAsync($"{Intents}/{intent.Id}")).State);
    }

    [Fact]
    public async Task A_request_that_failed_validation_leaves_its_key_free()
    {
        Assert.Equal(400, (await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "1"), ("currency", "usd"))).Status);
        Assert.Equal(400, (await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "100"), ("currency", "usd"), ("nope", "1"))).Status);

        Assert.Equal("requires_payment_method", (await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "100"), ("currency", "usd"))).Ok().State);
    }

    [Fact]
    public async Task A_refusal_after_execution_began_is_kept()
    {
        var intent = (await _sandbox.PostAsync(Intents, ("amount", "100"), ("currency", "usd"), ("confirmation_method", "manual"))).Ok();

        var first = await _sandbox.PostOnceAsync("confirm-1", $"{Intents}/{intent.Id}/confirm");
        var second = await _sandbox.PostOnceAsync("confirm-1", $"{Intents}/{intent.Id}/confirm");

        Assert.Equal(400, first.Status);
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task Thirty_simultaneous_creates_with_one_key_make_one_charge()
    {
        var form = SandboxUnderTest.Guide("pm_card_visa");

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _sandbox.PostOnceAsync("order-1", Intents, form)));

        Assert.All(answers, answer => Assert.True(
            answer.Status == 200 || (answer.Status == 409 && answer.At("error.code") == "idempotency_key_in_use"), answer.Body));
        Assert.Single(answers.Where(answer => answer.Status == 200).Select(answer => answer.Body).Distinct());
        Assert.Single(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task After_a_day_a_key_is_new_again()
    {
        await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "100"), ("currency", "usd"));
        _sandbox.Clock.Advance(TimeSpan.FromHours(24));
        var again = (await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "200"), ("currency", "usd"))).Ok();

        Assert.Null(again.Header("Idempotent-Replayed"));
        Assert.Equal("200", again.At("amount"));
    }

    [Fact]
    public async Task A_key_longer_than_255_characters_is_refused() =>
        Assert.Equal(400, (await _sandbox.PostOnceAsync(new string('k', 256), Intents, ("amount", "100"), ("currency", "usd"))).Status);

    [Fact]
    public async Task Keys_of_a_request_without_access_are_not_kept()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Intents) { Content = new StringContent("amount=100&currency=usd") };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.Add("Idempotency-Key", "order-1");
        Assert.Equal(401, (await _sandbox.SendAsync(request, "sk_live_wrong")).Status);

        Assert.Equal(200, (await _sandbox.PostOnceAsync("order-1", Intents, ("amount", "100"), ("currency", "usd"))).Status);
    }
}
