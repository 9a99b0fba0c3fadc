using Microsoft.Extensions.Time.Testing;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Stripe;

/// <summary>
/// While Stripe is away nobody is held for its sake: after a few failures requests are answered at once, certainly not
/// carried out, and one request now and then finds out whether Stripe is back.
/// </summary>
public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StripeStub _stripe = new();
    private readonly StripeCaller _caller;
    private DateTimeOffset _opened;
    private int _calls;

    public CircuitBreakerTests() => _caller = _stripe.Caller(_clock);

    public static TheoryData<string> Outages => ["refused", "reset", "timeout", "error", "gateway"];

    public static TheoryData<string> NoOutages => ["limited", "busy", "conflict", "unauthorized", "refused by Stripe", "declined", "garbled", "stored"];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task An_outage_is_answered_at_once_and_moves_nothing(string outage)
    {
        await OpenAsync(outage);

        var asking = AskAsync(outage);

        Assert.True(asking.IsCompletedSuccessfully, "It waited for something.");
        Assert.Equal(FailureReason.ServiceBusy, Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await asking).Failure.Reason);
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task One_request_alone_opens_nothing_however_often_it_is_tried(string outage)
    {
        await FinishAsync(AskAsync(outage));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await AskAsync("fine"));
    }

    [Theory]
    [MemberData(nameof(NoOutages))]
    public async Task What_a_Stripe_that_is_there_answers_opens_nothing(string answer)
    {
        for (var request = 0; request < 20; request++)
            await FinishAsync(AskAsync(answer));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await AskAsync("fine"));
    }

    [Fact]
    public async Task A_few_failures_among_many_answers_open_nothing()
    {
        for (var request = 0; request < 20; request++)
            await AskAsync("fine");

        for (var request = 0; request < 2; request++)
            await FinishAsync(AskAsync("error"));

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await AskAsync("fine"));
    }

    [Fact]
    public async Task A_request_that_meets_an_open_circuit_when_it_is_tried_again_is_unknown_only_if_its_first_try_may_have_been_carried_out()
    {
        var reset = AskAsync("reset");
        var refused = Enumerable.Range(0, 7).Select(_ => AskAsync("refused")).ToList();

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Unknown>(await FinishAsync(reset));
        foreach (var asking in refused)
            Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await FinishAsync(asking));
        Assert.Equal(8, _calls);
    }

    [Fact]
    public async Task Before_its_time_has_come_nobody_is_asked()
    {
        await OpenAsync("refused");
        var asked = _calls;

        _clock.Advance(_opened + StripeCaller.OpenFor - TimeSpan.FromMilliseconds(1) - _clock.GetUtcNow());
        await AskAsync("fine");

        Assert.Equal(asked, _calls);
    }

    [Fact]
    public async Task One_request_tries_whether_Stripe_is_back_and_the_others_do_not_wait_for_it()
    {
        await OpenAsync("timeout");
        _clock.Advance(StripeCaller.OpenFor);
        var answered = new TaskCompletionSource<global::Stripe.PaymentIntent>();

        var trying = AskAsync(() => answered.Task);
        Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await AskAsync("fine"));
        Assert.False(trying.IsCompleted);
        answered.SetResult(Intent());

        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await trying);
        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await AskAsync("fine"));
    }

    [Fact]
    public async Task A_try_that_fails_ends_at_once_and_the_next_one_waits_its_turn()
    {
        await OpenAsync("refused");
        _clock.Advance(StripeCaller.OpenFor);
        var asked = _calls;

        Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await FinishAsync(AskAsync("refused")));
        Assert.Equal(asked + 1, _calls);
        Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await AskAsync("fine"));

        _clock.Advance(StripeCaller.OpenFor);
        Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(await AskAsync("fine"));
    }

    [Fact]
    public async Task Whoever_leaves_in_the_middle_of_the_try_has_not_found_out_that_Stripe_is_back()
    {
        await OpenAsync("refused");
        _clock.Advance(StripeCaller.OpenFor);
        using var leaving = new CancellationTokenSource();
        var trying = _caller.AskAsync(
            "payment_intents.create", async token => await new TaskCompletionSource<global::Stripe.PaymentIntent>().Task.WaitAsync(token), StripeAnswers.From, leaving.Token);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying);
        Assert.IsType<GatewayAnswer<IntentSnapshot>.NotExecuted>(await AskAsync("fine"));
    }

    [Fact]
    public async Task The_log_says_that_Stripe_is_away_and_that_it_is_back()
    {
        await OpenAsync("refused");
        Assert.Contains("Stripe is away", _stripe.Logs.Text, StringComparison.Ordinal);

        _clock.Advance(StripeCaller.OpenFor);
        await AskAsync("fine");

        Assert.Contains("Stripe answers again", _stripe.Logs.Text, StringComparison.Ordinal);
    }

    /// <summary>Fails until the circuit is open.</summary>
    private async Task OpenAsync(string outage)
    {
        var asking = Enumerable.Range(0, 8).Select(_ => AskAsync(outage)).ToList();
        _opened = _clock.GetUtcNow();
        foreach (var one in asking)
            await FinishAsync(one);
        var asked = _calls;
        await AskAsync("fine");
        Assert.True(asked == _calls, "The circuit is not open.");
    }

    private Task<GatewayAnswer<IntentSnapshot>> AskAsync(string answer) => AskAsync(() => Stripe(answer));

    private Task<GatewayAnswer<IntentSnapshot>> AskAsync(Func<Task<global::Stripe.PaymentIntent>> request) => _caller.AskAsync(
        "payment_intents.create",
        _ =>
        {
            _calls++;
            return request();
        },
        StripeAnswers.From,
        CancellationToken.None);

    /// <summary>Lets the waits between the tries pass.</summary>
    private async Task<GatewayAnswer<IntentSnapshot>> FinishAsync(Task<GatewayAnswer<IntentSnapshot>> asking)
    {
        await Eventually.TrueAsync(() =>
        {
            if (!asking.IsCompleted)
                _clock.Advance(TimeSpan.FromMilliseconds(250));
            return asking.IsCompleted;
        });
        return await asking;
    }

    private static global::Stripe.PaymentIntent Intent() => new()
    {
        Id = "pi_3Test",
        Status = "succeeded",
        Currency = "usd",
        Amount = 4900,
    };

    private static Task<global::Stripe.PaymentIntent> Stripe(string answer) => answer switch
    {
        "fine" => Task.FromResult(Intent()),
        "refused" => Throws(new HttpRequestException(HttpRequestError.ConnectionError)),
        "reset" => Throws(new HttpRequestException(HttpRequestError.ResponseEnded)),
        "timeout" => Throws(new TaskCanceledException("late", new TimeoutException())),
        "error" => Throws(Error(500, "api_error")),
        "gateway" => Throws(Error(502, type: null)),
        "limited" => Throws(Error(429, "invalid_request_error", "rate_limit")),
        "busy" => Throws(Error(429, "invalid_request_error", "lock_timeout")),
        "conflict" => Throws(Error(409, "idempotency_error", "idempotency_key_in_use")),
        "unauthorized" => Throws(Error(401, "invalid_request_error")),
        "refused by Stripe" => Throws(Error(400, "invalid_request_error", "parameter_unknown")),
        "declined" => Throws(Error(402, "card_error", "card_declined")),
        "garbled" => Throws(Error(200, type: null)),
        "stored" => Throws(Error(500, "api_error", replayed: true)),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };

    private static Task<global::Stripe.PaymentIntent> Throws(Exception exception) => Task.FromException<global::Stripe.PaymentIntent>(exception);

    private static global::Stripe.StripeException Error(int status, string? type, string? code = null, bool replayed = false)
    {
        using var response = new HttpResponseMessage();
        if (replayed)
            response.Headers.Add("Idempotent-Replayed", "true");
        var error = type is null ? null : new global::Stripe.StripeError { Type = type, Code = code };
        return new global::Stripe.StripeException((System.Net.HttpStatusCode)status, error, "Something went wrong.")
        {
            StripeResponse = new global::Stripe.StripeResponse((System.Net.HttpStatusCode)status, response.Headers, ""),
        };
    }
}
