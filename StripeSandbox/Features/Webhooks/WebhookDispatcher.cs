using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Threading.Channels;
using StripeSandbox.Books;
using StripeSandbox.Errors;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;
using StripeSandbox.Time;

namespace StripeSandbox.Webhooks;

/// <summary>
/// Sends events to the endpoints that want them: in order per endpoint, signed, again after a failure
/// (https://docs.stripe.com/webhooks#behaviors). A delivery that the process did not live to finish is sent after the
/// restart, so an endpoint may see it twice.
/// </summary>
internal sealed partial class WebhookDispatcher : BackgroundService
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    // Stripe tries for three days, at growing intervals that it does not promise.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24), TimeSpan.FromHours(24),
    ];

    private readonly ConcurrentDictionary<string, Channel<string>> _queues = new();
    private readonly Channel<Channel<string>> _newQueues = Channel.CreateUnbounded<Channel<string>>();
    private readonly SandboxBooks _books;
    private readonly SandboxClock _clock;
    private readonly DeliveryGate _gate;
    private readonly ILogger<WebhookDispatcher> _logger;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = AnswerTime };

    public WebhookDispatcher(SandboxBooks books, SandboxClock clock, DeliveryGate gate, ILogger<WebhookDispatcher> logger)
    {
        _books = books;
        _clock = clock;
        _gate = gate;
        _logger = logger;
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
        books.Changed += Note;
    }

    /// <summary>Lets go what is held.</summary>
    public void Release(ReleaseOrder order, int? seed)
    {
        foreach (var id in _gate.Release(order, seed))
            if (_books.Find<Delivery>(id) is { } delivery)
                Enqueue(delivery);
    }

    public override void Dispose()
    {
        _books.Changed -= Note;
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var delivery in _books.All<Delivery>())
            Note(delivery);
        var workers = new List<Task>();
        try
        {
            await foreach (var queue in _newQueues.Reader.ReadAllAsync(stoppingToken))
                workers.Add(WorkAsync(queue.Reader, stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping: the workers end by the same token.
        }

        await Task.WhenAll(workers);
    }

    private void Note(StripeObject changed)
    {
        if (changed is Delivery { State: DeliveryState.Pending, RetryAt: null } delivery && !_gate.TryHold(delivery.Id))
            Enqueue(delivery);
    }

    private void Enqueue(Delivery delivery) => _queues.GetOrAdd(delivery.Endpoint, _ =>
    {
        var queue = Channel.CreateUnbounded<string>();
        _newQueues.Writer.TryWrite(queue);
        return queue;
    }).Writer.TryWrite(delivery.Id);

    private async Task WorkAsync(ChannelReader<string> queue, CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var id in queue.ReadAllAsync(stoppingToken))
                await DeliverAsync(id, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is not delivered stays pending in the books.
        }
    }

    private async Task DeliverAsync(string id, CancellationToken stoppingToken)
    {
        if (_books.Find<Delivery>(id) is not { State: DeliveryState.Pending, RetryAt: null } delivery
            || _books.Find<Event>(delivery.Event) is not { } happened
            || _books.Find<WebhookEndpoint>(delivery.Endpoint) is not { } endpoint)
        {
            return;
        }

        if (!endpoint.Wants(happened.Type))
        {
            await SettleAsync(delivery with { State = DeliveryState.GivenUp }, stoppingToken);
            return;
        }

        int? status = null;
        try
        {
            for (var copy = 0; copy < _gate.Copies; copy++)
                status = await SendAsync(endpoint, happened, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One event that cannot be sent must not end the worker that sends all others to this endpoint.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            Log.CannotSend(_logger, problem, happened.Type, happened.Id, endpoint.Url);
        }

        await SettleAsync(After(delivery, status), stoppingToken);
    }

    /// <summary>Somebody else may hold the delivery or its event for too long: it is settled all the same, later.</summary>
    private async Task SettleAsync(Delivery delivery, CancellationToken stoppingToken)
    {
        for (var isFirst = true; !stoppingToken.IsCancellationRequested; isFirst = false)
        {
            try
            {
                Settle(delivery);
                return;
            }
            catch (Refusal)
            {
                if (isFirst)
                    Log.SettlesLater(_logger, delivery.Id, delivery.Event);
                await Task.Yield();
            }
        }
    }

    private Delivery After(Delivery delivery, int? status)
    {
        var tried = delivery with { Attempts = delivery.Attempts + 1, LastStatus = status };
        if (status is >= 200 and < 300)
            return tried with { State = DeliveryState.Delivered };
        return tried.Attempts > Pauses.Length
            ? tried with { State = DeliveryState.GivenUp }
            : tried with { RetryAt = _clock.NowSeconds + (long)Pauses[tried.Attempts - 1].TotalSeconds };
    }

    private void Settle(Delivery delivery)
    {
        using var unit = new UnitOfWork(_books, _clock.Now, null, null);
        if (unit.Claim<Delivery>(delivery.Id) is null)
            return;
        unit.Put(delivery);
        if (delivery.State != DeliveryState.Pending && unit.Claim<Event>(delivery.Event) is { } happened)
            unit.Put(happened with { PendingDeliveries = Math.Max(0, happened.PendingDeliveries - 1) });
        unit.Commit();
    }

    private async Task<int?> SendAsync(WebhookEndpoint endpoint, Event happened, CancellationToken stoppingToken)
    {
        var version = ApiVersion.Parse(endpoint.ApiVersion) ?? ApiVersion.Default;
        var body = ReplyWriter.Write(new JsonReply(output => EventJson.Write(output, happened)), _books, version, Expansion.None, false, default, _clock.NowSeconds);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation(
            Signature.Header, Signature.Of(endpoint.Secret, _clock.World.GetUtcNow().ToUnixTimeSeconds(), body));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stoppingToken);
            Log.Sent(_logger, happened.Type, happened.Id, endpoint.Url, (int)response.StatusCode);
            return (int)response.StatusCode;
        }
        // HttpClient lets the socket's own through where a connection is reset as it is made.
        catch (Exception problem) when (problem is HttpRequestException or SocketException || (problem is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            Log.NotSent(_logger, happened.Type, happened.Id, endpoint.Url, problem.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Type} {Event} -> {Url}: {Status}")]
        public static partial void Sent(ILogger logger, string type, string @event, string url, int status);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Delivery} of {Event} is settled once another request lets go of it")]
        public static partial void SettlesLater(ILogger logger, string delivery, string @event);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Type} {Event} -> {Url} could not be sent")]
        public static partial void CannotSend(ILogger logger, Exception exception, string type, string @event, string url);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Type} {Event} -> {Url} failed: {Problem}")]
        public static partial void NotSent(ILogger logger, string type, string @event, string url, string problem);
    }
}
