using System.Net;
using Stripe;

namespace PaymentApp.Tests.FeedGaps;

/// <summary>The far end of a client: answers as the test says, in order, the last answer for ever, and keeps what was asked.</summary>
internal sealed class ScriptedStripe
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> answers = [];

    public List<(string Line, string? Body, string? IdempotencyKey)> Requests { get; } = [];

    public string LastForm => Requests[^1].Body!;

    public ScriptedStripe Answers(int status, string body, params (string Name, string Value)[] headers)
    {
        answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
            foreach (var (name, value) in headers)
                response.Headers.Add(name, value);
            return Task.FromResult(response);
        });
        return this;
    }

    public ScriptedStripe BreaksTheConnection()
    {
        answers.Enqueue(_ => throw new HttpRequestException("connection reset"));
        return this;
    }

    public ScriptedStripe NeverAnswers()
    {
        answers.Enqueue(cancelled => new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancelled));
        return this;
    }

    public StripeClient Client(int maxNetworkRetries = 0, TimeSpan? timeout = null, string? apiKey = "sk_test_123", AppInfo? appInfo = null) => new(new StripeClientOptions
    {
        ApiKey = apiKey,
        ApiBase = "http://stripe.test",
        HttpClient = new SystemNetHttpClient(
            new HttpClient(new Handler(this)) { Timeout = timeout ?? Timeout.InfiniteTimeSpan },
            maxNetworkRetries,
            appInfo,
            enableTelemetry: false),
    });

    private sealed class Handler(ScriptedStripe stripe) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            stripe.Requests.Add((
                $"{request.Method} {request.RequestUri!.PathAndQuery}",
                request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken),
                request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null));

            var answer = stripe.answers.Count > 1 ? stripe.answers.Dequeue() : stripe.answers.Peek();
            return await answer(cancellationToken);
        }
    }
}
