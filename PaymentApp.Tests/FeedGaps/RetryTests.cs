using System.Net;
using Stripe;

namespace PaymentApp.Tests.FeedGaps;

/// <summary>When the client asks again. The waits between are real, half a second each, so tests ask for few.</summary>
public sealed class RetryTests
{
    private readonly ScriptedStripe stripe = new();

    [Theory]
    [InlineData(409)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_conflict_or_a_server_error_is_tried_again(int status)
    {
        stripe.Answers(status, """{"error":{"type":"api_error"}}""").Answers(200, """{"id":"pi_1"}""");

        Assert.Equal("pi_1", (await Create(maxNetworkRetries: 1)).Id);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(402)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Nothing_else_is_tried_again_not_even_a_rate_limit(int status)
    {
        stripe.Answers(status, """{"error":{"type":"invalid_request_error"}}""").Answers(200, "{}");

        await Assert.ThrowsAsync<StripeException>(() => Create(maxNetworkRetries: 2));
        Assert.Single(stripe.Requests);
    }

    [Fact]
    public async Task Stripe_may_ask_for_a_retry_or_forbid_it()
    {
        stripe.Answers(429, "{}", ("Stripe-Should-Retry", "true"))
            .Answers(500, """{"error":{"type":"api_error"}}""", ("Stripe-Should-Retry", "false"));

        var exception = await Assert.ThrowsAsync<StripeException>(() => Create(maxNetworkRetries: 2));

        Assert.Equal(HttpStatusCode.InternalServerError, exception.HttpStatusCode);
        Assert.Equal(2, stripe.Requests.Count);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again_and_then_thrown_as_it_is()
    {
        stripe.BreaksTheConnection();

        await Assert.ThrowsAsync<HttpRequestException>(() => Create(maxNetworkRetries: 1));
        Assert.Equal(2, stripe.Requests.Count);
    }

    [Fact]
    public async Task A_timeout_is_tried_again_and_then_thrown_as_it_is()
    {
        stripe.NeverAnswers();

        var exception = await Assert.ThrowsAsync<TaskCanceledException>(() =>
            Create(maxNetworkRetries: 1, timeout: TimeSpan.FromMilliseconds(20)));

        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Equal(2, stripe.Requests.Count);
    }

    [Fact]
    public async Task The_retries_of_a_request_share_a_random_idempotency_key()
    {
        stripe.Answers(500, "{}").Answers(200, "{}");
        var client = stripe.Client(maxNetworkRetries: 1);

        await client.V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions());
        await client.V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions());

        var keys = stripe.Requests.Select(request => request.IdempotencyKey).ToList();
        Assert.All(keys, key => Assert.False(string.IsNullOrEmpty(key)));
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[0], keys[2]);
    }

    [Fact]
    public async Task A_given_idempotency_key_is_kept()
    {
        stripe.Answers(500, "{}").Answers(200, "{}");

        await Create(maxNetworkRetries: 1, key: "order-1-attempt-1");

        Assert.All(stripe.Requests, request => Assert.Equal("order-1-attempt-1", request.IdempotencyKey));
    }

    [Fact]
    public async Task A_cancelled_call_is_not_tried_again()
    {
        stripe.NeverAnswers();
        using var cancellation = new CancellationTokenSource();

        var call = stripe.Client(maxNetworkRetries: 2).V1.PaymentIntents.GetAsync("pi_1", cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(stripe.Requests);
    }

#if !OFFICIAL_STRIPE
    [Fact]
    public async Task A_call_that_is_cancelled_between_two_tries_ends_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        var failing = new CancelsWhenAsked(cancellation);
        var client = new StripeClient(new StripeClientOptions
        {
            ApiKey = "sk_test_123",
            HttpClient = new SystemNetHttpClient(new HttpClient(failing), maxNetworkRetries: 10, enableTelemetry: false),
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.V1.PaymentIntents.GetAsync("pi_1", cancellationToken: cancellation.Token));
        Assert.Equal(1, failing.Requests);
    }

    private sealed class CancelsWhenAsked(CancellationTokenSource cancellation) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            var answer = new HttpResponseMessage(HttpStatusCode.InternalServerError);
            await cancellation.CancelAsync();
            return answer;
        }
    }
#endif

    private Task<PaymentIntent> Create(int maxNetworkRetries, TimeSpan? timeout = null, string? key = null) =>
        stripe.Client(maxNetworkRetries, timeout).V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions(), new RequestOptions { IdempotencyKey = key });
}
