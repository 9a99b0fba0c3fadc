using PaymentApp.Payments;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>
/// Asks Stripe and, while the outcome is unknown, asks again: the request carries its idempotency key, so asking twice
/// moves money once. Waits grow and are jittered: https://docs.stripe.com/error-low-level#idempotency. While Stripe is
/// away, a circuit breaker answers in its place at once, and lets one request try every ten seconds.
/// </summary>
internal sealed partial class StripeCaller
{
    private const int MostTries = 5;

    // More than one request's tries: who meets trouble alone, and presses Pay again, is not turned away unasked.
    private const int FewestCallsToJudge = 8;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    // Long enough to see the time-outs of a few shoppers, each of whom waits for two at most.
    private static readonly TimeSpan Judged = TimeSpan.FromMinutes(5);

    private static readonly ResiliencePropertyKey<long> Started = new("started");

    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline<Try> _pipeline;
    private readonly TimeProvider _clock;
    private readonly ILogger<StripeCaller> _logger;
    private readonly GatewayMetrics? _metrics;

    /// <param name="metrics">Null where nobody watches, as in a command.</param>
    public StripeCaller(TimeProvider clock, ILogger<StripeCaller> logger, GatewayMetrics? metrics = null)
    {
        (_clock, _logger, _metrics) = (clock, logger, metrics);
        metrics?.Watch(_circuit);
        _pipeline = new ResiliencePipelineBuilder<Try> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<Try>
            {
                MaxRetryAttempts = MostTries - 1,
                Delay = FirstWait,
                MaxDelay = LongestWait,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = again => ValueTask.FromResult(IsAskedAgain(again.Outcome, again.Context)),
                // Who is told how long to wait waits as long, or gives up: https://docs.stripe.com/rate-limits.
                DelayGenerator = again => ValueTask.FromResult(again.Outcome.Result.AtLeast),
                OnRetry = again =>
                {
                    metrics?.Retried(again.Context.OperationKey!);
                    return ValueTask.CompletedTask;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Try>
            {
                FailureRatio = 0.5,
                MinimumThroughput = FewestCallsToJudge,
                SamplingDuration = Judged,
                BreakDuration = OpenFor,
                StateProvider = _circuit,
                ShouldHandle = call => ValueTask.FromResult(IsOutage(call.Outcome)),
                OnOpened = _ => Said(Log.CircuitOpened),
                OnClosed = _ => Said(Log.CircuitClosed),
            })
            .Build();
    }

    /// <summary>For how long an open circuit asks nobody before it lets one request try.</summary>
    public static TimeSpan OpenFor { get; } = TimeSpan.FromSeconds(10);

    /// <param name="operation">What spans and metrics call it, one of a few: <c>payment_intents.create</c>.</param>
    /// <param name="request">Makes the request; called again, with the same key inside, while the outcome is unknown.</param>
    /// <param name="read">Reads the answer.</param>
    public async Task<GatewayAnswer<T>> AskAsync<TResponse, T>(
        string operation,
        Func<CancellationToken, Task<TResponse>> request,
        Func<TResponse, GatewayAnswer<T>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        var startedAt = _clock.GetTimestamp();
        using var activity = StripeTracing.Start(operation);
        try
        {
            var answer = await AskUntilSettledAsync(operation, request, read, cancellationToken);
            activity.SetAnswer(answer);
            _metrics?.Answered(operation, StripeTracing.LabelOf(answer), _clock.GetElapsedTime(startedAt));
            return answer;
        }
        catch (Exception exception)
        {
            activity.SetFailed(exception);
            throw;
        }
    }

    private async Task<GatewayAnswer<T>> AskUntilSettledAsync<TResponse, T>(
        string operation, Func<CancellationToken, Task<TResponse>> request, Func<TResponse, GatewayAnswer<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        GatewayAnswer<T>? answer = null;
        var mayHaveBeenExecuted = false;
        var context = ResilienceContextPool.Shared.Get(operation, cancellationToken);
        try
        {
            context.Properties.Set(Started, _clock.GetTimestamp());
            var outcome = await _pipeline.ExecuteOutcomeAsync(
                async (call, _) =>
                {
                    try
                    {
                        (answer, var tried) = await AskOnceAsync(request, read, call.CancellationToken);
                        mayHaveBeenExecuted |= answer is GatewayAnswer<T>.Unknown;
                        return Outcome.FromResult(tried);
                    }
                    catch (OperationCanceledException left)
                    {
                        return Outcome.FromException<Try>(left);
                    }
                },
                context,
                state: 0);

            if (outcome.Exception is BrokenCircuitException)
                answer = new GatewayAnswer<T>.NotExecuted(new PaymentFailure(FailureReason.ServiceBusy));
            else
                outcome.ThrowIfException();
            return answer is GatewayAnswer<T>.NotExecuted && mayHaveBeenExecuted ? new GatewayAnswer<T>.Unknown() : answer!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private bool IsAskedAgain(Outcome<Try> outcome, ResilienceContext context) =>
        outcome is { Exception: null, Result: { IsUnsettled: true } tried }
        && context.Properties.TryGetValue(Started, out var started)
        && _clock.GetElapsedTime(started) + (tried.AtLeast ?? TimeSpan.Zero) <= Budget;

    // Whoever leaves while theirs is the one request that tries has found out nothing: the circuit stays open.
    private bool IsOutage(Outcome<Try> outcome) =>
        outcome.Exception is null ? outcome.Result.IsOutage : _circuit.CircuitState is CircuitState.HalfOpen;

    private ValueTask Said(Action<ILogger> say)
    {
        say(_logger);
        return ValueTask.CompletedTask;
    }

    // Messages and exceptions stay out of the log: Stripe.net puts whole bodies into them, client secrets included.
    private async Task<(GatewayAnswer<T> Answer, Try Try)> AskOnceAsync<TResponse, T>(
        Func<CancellationToken, Task<TResponse>> request, Func<TResponse, GatewayAnswer<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return Tried(read(await request(cancellationToken)));
        }
        catch (StripeException exception)
        {
            var answer = StripeAnswers.From<T>(exception);
            if (answer is not GatewayAnswer<T>.Answered)
                Log.Refused(_logger, (int)exception.HttpStatusCode, exception.StripeError?.Type, exception.StripeError?.Code, exception.StripeError?.Param);
            // A stored answer, however bad, was given by a Stripe that is there.
            return Tried(
                answer,
                isOutage: (int)exception.HttpStatusCode >= 500 && answer is not GatewayAnswer<T>.Unknown { HasEnded: true },
                exception.StripeResponse?.Headers?.RetryAfter?.Delta);
        }
        catch (HttpRequestException exception)
        {
            Log.Unreachable(_logger, exception.HttpRequestError);
            return Tried(StripeAnswers.From<T>(exception), isOutage: true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            Log.TimedOut(_logger);
            return Tried(new GatewayAnswer<T>.Unknown(), isOutage: true);
        }
#pragma warning disable CA1031 // Whatever a garbled answer makes Stripe.net throw, the request may have been carried out.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Unreadable(_logger, exception.GetType());
            return Tried(new GatewayAnswer<T>.Unknown(), isOutage: exception is IOException);
        }
    }

    private static (GatewayAnswer<T> Answer, Try Try) Tried<T>(GatewayAnswer<T> answer, bool isOutage = false, TimeSpan? atLeast = null) =>
        (answer, new Try(answer is GatewayAnswer<T>.Unknown { HasEnded: false } or GatewayAnswer<T>.NotExecuted, isOutage, atLeast));

    /// <summary>How one try came out.</summary>
    /// <param name="IsUnsettled">Whether the same request may still be answered otherwise.</param>
    /// <param name="IsOutage">Whether it looks as if Stripe were away: not reached, not answering, or failing.</param>
    /// <param name="AtLeast">How long Stripe wants to be left alone, if it says so.</param>
    private readonly record struct Try(bool IsUnsettled, bool IsOutage, TimeSpan? AtLeast);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Stripe answered {Status}: {Type}, {Code}, parameter {Param}")]
        public static partial void Refused(ILogger logger, int status, string? type, string? code, string? param);

        [LoggerMessage(2, LogLevel.Warning, "Stripe could not be reached: {Error}")]
        public static partial void Unreachable(ILogger logger, HttpRequestError error);

        [LoggerMessage(3, LogLevel.Warning, "Stripe did not answer in time")]
        public static partial void TimedOut(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning, "Stripe's answer could not be read: {Exception}")]
        public static partial void Unreadable(ILogger logger, Type exception);

        [LoggerMessage(5, LogLevel.Error, "Stripe is away: requests are refused at once until one that tries every few seconds is answered")]
        public static partial void CircuitOpened(ILogger logger);

        [LoggerMessage(6, LogLevel.Information, "Stripe answers again")]
        public static partial void CircuitClosed(ILogger logger);
    }
}
