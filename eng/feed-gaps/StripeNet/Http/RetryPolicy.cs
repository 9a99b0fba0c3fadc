using System.Net;

namespace Stripe;

/// <summary>When to try again, and after how long. See https://docs.stripe.com/error-low-level.</summary>
internal static class RetryPolicy
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static bool Wants(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public static bool Wants(HttpResponseMessage response)
    {
        var advice = response.Headers.TryGetValues("Stripe-Should-Retry", out var values) ? values.First() : null;
        return advice switch
        {
            "true" => true,
            "false" => false,
            _ => response.StatusCode == HttpStatusCode.Conflict || response.StatusCode >= HttpStatusCode.InternalServerError,
        };
    }

    /// <summary>Three quarters to the whole of the doubling delay, so that clients that failed together come back apart.</summary>
    public static TimeSpan Delay(int retry)
    {
        var doubled = Shortest * Math.Pow(2, retry);
        var jittered = (doubled < Longest ? doubled : Longest) * (0.75 + (Random.Shared.NextDouble() / 4));
        return jittered < Shortest ? Shortest : jittered;
    }
}
