using System.Collections.Concurrent;

namespace PaymentApp.Payments;

/// <summary>
/// The calls that may move a payment and have not ended: they ask Stripe, or keep what it said. A process that is told to
/// end lets them end first, so that nobody has to find out later what became of them.
/// </summary>
internal sealed class CallsUnderWay
{
    private readonly ConcurrentDictionary<TaskCompletionSource, bool> _calls = new();

    /// <summary>Makes a call, and counts it from before its first request until it has ended.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T>> call)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.TryAdd(ended, true);
        try
        {
            // Not where the caller goes on: a page that asked may be gone.
            return await call().ConfigureAwait(false);
        }
        finally
        {
            _calls.TryRemove(ended, out _);
            ended.SetResult();
        }
    }

    /// <inheritdoc cref="WatchAsync{T}(Func{Task{T}})"/>
    public Task WatchAsync(Func<Task> call) => WatchAsync(async () =>
    {
        await call();
        return true;
    });

    /// <summary>Ends when none is under way any more, however they ended; those that begin meanwhile are waited for as well.</summary>
    public async Task WhenEndedAsync()
    {
        while (_calls.Keys is { Count: > 0 } calls)
            await Task.WhenAll(calls.Select(call => call.Task)).ConfigureAwait(false);
    }
}
