using PaymentApp.Payments;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>
/// Asks Stripe and, while the outcome is unknown, asks again: the request carries its idempotency key, so asking twice
/// moves money once. Waits grow and are jittered: https://docs.stripe.com/error-low-level#idempotency.
/// </summary>
internal sealed partial class StripeCaller(TimeProvider clock, ILogger<StripeCaller> logger)
{
    private const int MostTries = 5;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    /// <param name="request">Makes the request; called again, with the same key inside, while the outcome is unknown.</param>
    /// <param name="read">Reads the answer.</param>
    public async Task<GatewayAnswer> AskAsync<T>(
        Func<CancellationToken, Task<T>> request, Func<T, GatewayAnswer> read, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var mayHaveBeenExecuted = false;

        for (var attempt = 1; ; attempt++)
        {
            var (answer, atLeast) = await AskOnceAsync(request, read, cancellationToken);
            if (answer is not (GatewayAnswer.Unknown { HasEnded: false } or GatewayAnswer.NotExecuted))
                return answer;

            mayHaveBeenExecuted |= answer is GatewayAnswer.Unknown;
            var wait = Wait(attempt) is var usual && usual > atLeast ? usual : atLeast;
            if (attempt == MostTries || clock.GetElapsedTime(started) + wait > Budget)
                return mayHaveBeenExecuted ? new GatewayAnswer.Unknown() : answer;

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    // Messages and exceptions stay out of the log: Stripe.net puts whole bodies into them, client secrets included.
    private async Task<(GatewayAnswer Answer, TimeSpan AtLeast)> AskOnceAsync<T>(
        Func<CancellationToken, Task<T>> request, Func<T, GatewayAnswer> read, CancellationToken cancellationToken)
    {
        try
        {
            return (read(await request(cancellationToken)), TimeSpan.Zero);
        }
        catch (StripeException exception)
        {
            var answer = StripeAnswers.From(exception);
            if (answer is not GatewayAnswer.Answered)
                Log.Refused(logger, (int)exception.HttpStatusCode, exception.StripeError?.Type, exception.StripeError?.Code, exception.StripeError?.Param);
            // Who is told how long to wait waits as long, or gives up: https://docs.stripe.com/rate-limits.
            return (answer, exception.StripeResponse?.Headers?.RetryAfter?.Delta ?? TimeSpan.Zero);
        }
        catch (HttpRequestException exception)
        {
            Log.Unreachable(logger, exception.HttpRequestError);
            return (StripeAnswers.From(exception), TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            Log.TimedOut(logger);
            return (new GatewayAnswer.Unknown(), TimeSpan.Zero);
        }
#pragma warning disable CA1031 // Whatever a garbled answer makes Stripe.net throw, the request may have been carried out.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Unreadable(logger, exception.GetType());
            return (new GatewayAnswer.Unknown(), TimeSpan.Zero);
        }
    }

    private static TimeSpan Wait(int attempt)
    {
        var longest = Math.Min(FirstWait.TotalMilliseconds * Math.Pow(2, attempt - 1), LongestWait.TotalMilliseconds);
#pragma warning disable CA5394 // Jitter keeps clients apart; nobody gains by guessing it.
        return TimeSpan.FromMilliseconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }

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
    }
}
