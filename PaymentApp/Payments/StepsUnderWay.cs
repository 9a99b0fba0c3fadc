using System.Collections.Concurrent;

namespace PaymentApp.Payments;

/// <summary>
/// The steps of payments whose request this process is making, or whose answer it is keeping. A process that is told to end
/// lets them end first, so that nobody has to find out later what became of them.
/// </summary>
internal sealed class StepsUnderWay
{
    private readonly ConcurrentDictionary<Task, bool> _steps = new();

    /// <summary>Ends as the step does, and counts it until then.</summary>
    public async Task<T> WatchAsync<T>(Task<T> step)
    {
        _steps.TryAdd(step, true);
        try
        {
            return await step;
        }
        finally
        {
            _steps.TryRemove(step, out _);
        }
    }

    /// <summary>Ends when those that are under way now have ended, however they did.</summary>
    public Task WhenEndedAsync() => Task.WhenAll(_steps.Keys.Select(async step =>
        await ((Task)step).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)));
}
