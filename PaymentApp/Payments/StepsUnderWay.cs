using System.Collections.Concurrent;

namespace PaymentApp.Payments;

/// <summary>
/// The steps of payments whose request this process is making, or whose answer it is keeping. A process that is told to end
/// lets them end first, so that nobody has to find out later what became of them.
/// </summary>
internal sealed class StepsUnderWay
{
    private readonly ConcurrentDictionary<TaskCompletionSource, bool> _steps = new();

    /// <summary>Takes a step, and counts it from before its first request until it has ended.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T>> step)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.TryAdd(ended, true);
        try
        {
            // Not where the caller goes on: a page that asked may be gone.
            return await step().ConfigureAwait(false);
        }
        finally
        {
            _steps.TryRemove(ended, out _);
            ended.SetResult();
        }
    }

    /// <summary>Ends when none is under way any more, however they ended; those that begin meanwhile are waited for as well.</summary>
    public async Task WhenEndedAsync()
    {
        while (_steps.Keys is { Count: > 0 } steps)
            await Task.WhenAll(steps.Select(step => step.Task)).ConfigureAwait(false);
    }
}
