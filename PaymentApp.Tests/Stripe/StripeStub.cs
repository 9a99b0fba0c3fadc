using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PaymentApp.Stripe;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Stripe;

/// <param name="Form">The body's or the query's parameters, decoded.</param>
internal sealed record StripeRequestSeen(string Method, string Path, IReadOnlyDictionary<string, string> Form, string? IdempotencyKey, string? ApiVersion);

/// <summary>Stripe's end of the wire: the real client sends, this answers as told, the last answer for ever.</summary>
internal sealed class StripeStub
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = [];

    public List<StripeRequestSeen> Requests { get; } = [];

    public LogCapture Logs { get; } = new();

    /// <summary>Fires every wait at once and remembers how long it was to be.</summary>
    public ImpatientClock Clock { get; } = new();

    public StripeStub Answers(int status, string body) => Does(_ => Task.FromResult(Response(status, body)));

    public StripeStub Throws(Exception exception) => Does(_ => Task.FromException<HttpResponseMessage>(exception));

    public StripeStub NeverAnswers() => Does(cancelled => new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancelled));

    public StripeStub Does(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    /// <param name="timeout">How long the client waits for an answer; for ever when null.</param>
    /// <param name="apiVersion">The setting <c>Stripe:ApiVersion</c>.</param>
    public StripeGateway Gateway(TimeSpan? timeout = null, string? apiVersion = null) =>
        Gateway(new Handler(this), "http://stripe.test", timeout, apiVersion);

    /// <summary>The gateway as the app makes it, on another end of the wire.</summary>
    public StripeGateway Gateway(HttpMessageHandler handler, string apiBase, TimeSpan? timeout = null, string? apiVersion = null)
    {
        var dialect = StripeDialect.Of(apiVersion);
        var http = new HttpClient(new StripeVersionHandler(dialect) { InnerHandler = handler }) { Timeout = timeout ?? Timeout.InfiniteTimeSpan };
        return new StripeGateway(StripeClientFactory.Create(http, "sk_test_123", new Uri(apiBase)), dialect, Caller(Clock));
    }

    public StripeCaller Caller(TimeProvider clock) => new(clock, Logs.For<StripeCaller>());

    public static HttpResponseMessage Response(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body) };

    private async Task<HttpResponseMessage> ServeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = request.Content is null ? request.RequestUri!.Query.TrimStart('?') : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(new StripeRequestSeen(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
                .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1])),
            Header(request, "Idempotency-Key"),
            Header(request, "Stripe-Version")));

        var answer = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
        return await answer(cancellationToken);
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private sealed class Handler(StripeStub stripe) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            stripe.ServeAsync(request, cancellationToken);
    }
}

/// <summary>A clock that advances to the end of every wait as soon as the wait begins.</summary>
internal sealed class ImpatientClock() : FakeTimeProvider(TestClock.Start)
{
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
            Advance(dueTime);
        return timer;
    }
}
