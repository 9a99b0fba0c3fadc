using System.Net.Sockets;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Stripe;

public sealed class AskingAgainTests
{
    private static readonly string Succeeded = StripeBodies.Intent("succeeded");
    private static readonly string ServerError = StripeBodies.Error("api_error", null);

    private readonly StripeStub _stripe = new();

    [Fact]
    public async Task An_unknown_outcome_is_asked_for_again_word_for_word_under_the_same_key()
    {
        _stripe.Answers(500, ServerError).Throws(new HttpRequestException(HttpRequestError.ResponseEnded)).Answers(200, "<html>")
            .Answers(200, Succeeded);

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await CreateAsync());

        Assert.Equal(4, _stripe.Requests.Count);
        Assert.All(_stripe.Requests, request =>
        {
            Assert.Equal("key-1", request.IdempotencyKey);
            Assert.Equal(_stripe.Requests[0].Form, request.Form);
        });
    }

    [Fact]
    public async Task After_five_tries_the_outcome_stays_unknown()
    {
        _stripe.Answers(500, ServerError);

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await CreateAsync());

        Assert.Equal(5, _stripe.Requests.Count);
    }

    [Fact]
    public async Task The_waits_between_tries_grow_and_are_jittered()
    {
        var waits = new List<IReadOnlyList<TimeSpan>>();
        for (var shopper = 0; shopper < 300; shopper++)
        {
            // Each at a shop of its own, where no circuit opens.
            var away = new StripeStub().Answers(500, ServerError);
            await away.Gateway().CreateAsync(StripeBodies.NewIntent(), "key-1");
            waits.Add(away.Clock.Waits);
        }

        Assert.All(waits, each => Assert.Equal(4, each.Count));
        Assert.All(waits.SelectMany(each => each), wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(4)));
        for (var wait = 1; wait < 4; wait++)
            Assert.True(Average(wait) > Average(wait - 1), $"On average wait {wait} is {Average(wait)} ms after {Average(wait - 1)} ms.");
        Assert.True(waits.Select(each => each[0]).Distinct().Count() > 100, "Clients that fail together ask again together.");

        double Average(int wait) => waits.Average(each => each[wait].TotalMilliseconds);
    }

    [Fact]
    public async Task A_Stripe_that_takes_long_for_every_answer_does_not_keep_the_shopper_for_minutes()
    {
        _stripe.Does(_ =>
        {
            _stripe.Clock.Advance(TimeSpan.FromSeconds(20));
            return Task.FromResult(StripeStub.Response(500, ServerError));
        });

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await CreateAsync());

        Assert.Equal(3, _stripe.Requests.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ProxyTunnelError)]
    public async Task A_request_that_never_left_was_not_carried_out(HttpRequestError error)
    {
        _stripe.Throws(new HttpRequestException(error));

        Assert.Equal(FailureReason.ServiceBusy, Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await CreateAsync()).Failure.Reason);
        Assert.Equal(5, _stripe.Requests.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.Unknown)]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.InvalidResponse)]
    [InlineData(HttpRequestError.HttpProtocolError)]
    [InlineData(HttpRequestError.ExtendedConnectNotSupported)]
    [InlineData(HttpRequestError.VersionNegotiationError)]
    [InlineData(HttpRequestError.UserAuthenticationError)]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded)]
    public async Task A_request_that_broke_off_on_the_way_may_have_been_carried_out(HttpRequestError error)
    {
        _stripe.Throws(new HttpRequestException(error));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await CreateAsync());
    }

    [Fact]
    public async Task What_breaks_below_HTTP_may_have_been_carried_out()
    {
        _stripe.Throws(new IOException("reset", new SocketException((int)SocketError.ConnectionReset)));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await CreateAsync());
    }

    [Fact]
    public async Task A_request_that_is_not_answered_in_time_is_unknown()
    {
        _stripe.NeverAnswers();

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await _stripe.Gateway(timeout: TimeSpan.FromMilliseconds(20)).CreateAsync(StripeBodies.NewIntent(), "key-1"));

        Assert.Equal(5, _stripe.Requests.Count);
    }

    [Fact]
    public async Task One_try_that_may_have_been_carried_out_makes_the_whole_unknown()
    {
        _stripe.Answers(500, ServerError).Throws(new HttpRequestException(HttpRequestError.ConnectionError));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await CreateAsync());
    }

    [Fact]
    public async Task A_definite_answer_ends_the_asking_whatever_came_before()
    {
        _stripe.Throws(new HttpRequestException(HttpRequestError.ConnectionError)).Answers(500, ServerError)
            .Answers(402, StripeBodies.Error("card_error", "card_declined", "insufficient_funds", intent: StripeBodies.IntentNode("requires_payment_method")));

        var answered = Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await CreateAsync());

        Assert.Equal(FailureReason.InsufficientFunds, answered.Value.Failure!.Reason);
        Assert.Equal(3, _stripe.Requests.Count);
    }

    [Fact]
    public async Task Who_stops_waiting_between_two_tries_is_let_go()
    {
        _stripe.Answers(500, ServerError);
        using var caller = new CancellationTokenSource();
        var standstill = TestClock.Create();
        var asking = _stripe.Caller(standstill).AskAsync<global::Stripe.PaymentIntent, IntentSnapshot>(
            "payment_intents.create", _ => throw new HttpRequestException(HttpRequestError.ResponseEnded), StripeAnswers.From, caller.Token);
        Assert.False(asking.IsCompleted);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task The_next_try_waits_for_the_clock()
    {
        var clock = TestClock.Create();
        var tries = 0;
        var asking = _stripe.Caller(clock).AskAsync(
            "payment_intents.create", _ => ++tries == 1 ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : Task.FromResult(new global::Stripe.PaymentIntent()),
            StripeAnswers.From,
            CancellationToken.None);
        Assert.Equal((1, false), (tries, asking.IsCompleted));

        // Jitter stretches the first wait of 250 ms by four tenths at most.
        clock.Advance(TimeSpan.FromMilliseconds(350));
        await Eventually.TrueAsync(() => Volatile.Read(ref tries) == 2);
    }

    [Fact]
    public async Task Who_is_told_how_long_to_wait_waits_as_long()
    {
        var clock = TestClock.Create();
        var tries = 0;
        var asking = _stripe.Caller(clock).AskAsync(
            "payment_intents.create", _ => ++tries == 1 ? throw RateLimited(seconds: 7) : Task.FromResult(new global::Stripe.PaymentIntent()),
            StripeAnswers.From,
            CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Equal((1, false), (tries, asking.IsCompleted));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await Eventually.TrueAsync(() => Volatile.Read(ref tries) == 2);
    }

    [Fact]
    public async Task Who_is_told_to_wait_longer_than_a_shopper_would_gives_up_at_once()
    {
        var answer = await _stripe.Caller(TestClock.Create()).AskAsync<global::Stripe.PaymentIntent, IntentSnapshot>(
            "payment_intents.create", _ => throw RateLimited(seconds: 60), StripeAnswers.From, CancellationToken.None);

        Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(answer);
    }

    private static global::Stripe.StripeException RateLimited(int seconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        return new global::Stripe.StripeException(
            System.Net.HttpStatusCode.TooManyRequests, new global::Stripe.StripeError { Type = "rate_limit_error" }, "slow down")
        {
            StripeResponse = new global::Stripe.StripeResponse(System.Net.HttpStatusCode.TooManyRequests, response.Headers, "{}"),
        };
    }

    [Fact]
    public async Task Who_leaves_in_the_middle_of_a_read_is_let_go()
    {
        using var caller = new CancellationTokenSource();
        _stripe.Does(async cancelled =>
        {
            await caller.CancelAsync();
            return await new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancelled);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _stripe.Gateway().RetrieveAsync(StripeBodies.IntentId, caller.Token));
        Assert.Single(_stripe.Requests);
    }

    [Fact]
    public async Task The_log_has_the_codes_and_neither_secrets_nor_messages()
    {
        var declined = StripeBodies.Error(
            "card_error", "card_declined", "lost_card", intent: StripeBodies.IntentNode("requires_payment_method"));
        _stripe.Answers(409, StripeBodies.Error("idempotency_error", "idempotency_key_in_use"))
            .Answers(200, Succeeded[..^2])
            .Throws(new HttpRequestException(HttpRequestError.ResponseEnded, StripeBodies.ClientSecret))
            .Throws(new InvalidOperationException(StripeBodies.ClientSecret))
            .Answers(402, declined);
        await CreateAsync();

        var refused = new StripeStub().Answers(400, StripeBodies.Error("invalid_request_error", "amount_too_small", param: "amount"));
        await refused.Gateway().CreateAsync(StripeBodies.NewIntent(), "key-2");

        var logged = _stripe.Logs.Text + refused.Logs.Text;
        foreach (var code in new[] { "idempotency_key_in_use", "amount_too_small", nameof(HttpRequestError.ResponseEnded) })
            Assert.Contains(code, logged, StringComparison.Ordinal);
        foreach (var secret in new[] { "_secret_", "sk_test_", "Something about", "pm_1" })
            Assert.DoesNotContain(secret, logged, StringComparison.Ordinal);
    }

    private Task<GatewayAnswer<IntentSnapshot>> CreateAsync() => _stripe.Gateway().CreateAsync(StripeBodies.NewIntent(), "key-1");
}
