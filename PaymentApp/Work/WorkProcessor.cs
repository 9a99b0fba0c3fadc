using Microsoft.Extensions.Options;
using PaymentApp.Payments;

namespace PaymentApp.Work;

/// <summary>
/// Does what is due in the queue, a few items beside each other: one scope an item, so that one that fails leaves nothing
/// behind for the next.
/// </summary>
internal sealed partial class WorkProcessor(
    IWorkQueue queue,
    WorkSignal signal,
    IServiceScopeFactory scopes,
    WorkMetrics metrics,
    TimeProvider clock,
    IOptions<WorkOptions> options,
    ILogger<WorkProcessor> logger) : BackgroundService
{
    /// <summary>How many items one process works on at once.</summary>
    public const int MostAtOnce = 4;

    /// <summary>How long a worker may take for one item: less than the lease, so that it stops before another one begins.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(9);

    private static readonly TimeSpan CleanUpEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _nextCleanUp;

    /// <summary>Does everything that is due, and what becomes due by it; returns what was done.</summary>
    public async Task<IReadOnlyList<WorkItem>> RunDueAsync(CancellationToken cancellationToken = default)
    {
        var taken = new List<WorkItem>();
        var running = new List<Task>();
        try
        {
            do
            {
                await ClaimAsync(running, taken, cancellationToken);
                await WaitForAnyAsync(running);
            }
            while (running.Count > 0 || await HasDueAsync(cancellationToken));
        }
        finally
        {
            await Task.WhenAll(running);
        }

        return taken;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await ClaimAsync(running, taken: null, stoppingToken);
                await CleanUpAsync(stoppingToken);
                if (claimed == 0 || running.Count == MostAtOnce)
                    await SleepAsync(running, stoppingToken);
                running.RemoveAll(work => work.IsCompleted);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // The database may be away for a while: the worker outlives that.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.QueueAway(logger, exception.GetType());
                await Task.Delay(options.Value.PollEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(running);
    }

    private async Task<int> ClaimAsync(List<Task> running, List<WorkItem>? taken, CancellationToken cancellationToken)
    {
        if (running.Count >= MostAtOnce)
            return 0;
        var claimed = await queue.ClaimAsync(MostAtOnce - running.Count, cancellationToken);
        taken?.AddRange(claimed);
        running.AddRange(claimed.Select(item => RunAsync(item, cancellationToken)));
        return claimed.Count;
    }

    private static async Task WaitForAnyAsync(List<Task> running)
    {
        if (running.Count == 0)
            return;
        await Task.WhenAny(running);
        running.RemoveAll(work => work.IsCompleted);
    }

    private async Task<bool> HasDueAsync(CancellationToken cancellationToken) =>
        await queue.NextDueAsync(cancellationToken) is { } due && due <= clock.GetUtcNow().UtcDateTime;

    /// <summary>Works on one item and writes down how it came out. Throws nothing: what it could not write, the lease's end gives back.</summary>
    private async Task RunAsync(WorkItem item, CancellationToken stoppingToken)
    {
        await Task.Yield();
        var startedAt = clock.GetTimestamp();
        using var activity = WorkTracing.Start(item);
        try
        {
            var result = await HandleAsync(item, stoppingToken);
            activity.SetResult(result);
            metrics.Handled(item.Kind, result, clock.GetElapsedTime(startedAt));
            if (result is null)
                await queue.ReleaseAsync(item, CancellationToken.None);
            else if (!await queue.CompleteAsync(item, result, CancellationToken.None))
                Log.TakenOver(logger, item.Kind, item.LogName, result.GetType().Name);
        }
#pragma warning disable CA1031 // The database may be away for a while: the item is taken up again after its lease.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            activity.SetFailed(exception);
            Log.NotCompleted(logger, item.Kind, item.LogName, exception.GetType());
        }
    }

    /// <summary>How the item came out; null where the process stops before it did.</summary>
    private async Task<WorkResult?> HandleAsync(WorkItem item, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredKeyedService<IWorkHandler>(item.Kind).HandleAsync(item, either.Token);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            return new WorkResult.Retry($"It took longer than {TimeLimit}.", late);
        }
#pragma warning disable CA1031 // One item that cannot be done must not hold up the others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(logger, item.Kind, item.LogName, item.Tries, exception.GetType());
            return new WorkResult.Retry(exception.GetType().Name, exception);
        }
    }

    private async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < _nextCleanUp)
            return;
        await queue.DeleteDoneAsync(cancellationToken);
        _nextCleanUp = clock.GetUtcNow() + CleanUpEvery;
    }

    private async Task SleepAsync(List<Task> running, CancellationToken stoppingToken)
    {
        var nap = options.Value.PollEvery;
        // While every hand is busy, only one that becomes free matters.
        if (running.Count < MostAtOnce && await queue.NextDueAsync(stoppingToken) - clock.GetUtcNow().UtcDateTime is { } until && until < nap)
            nap = until;
        if (nap <= TimeSpan.Zero)
            return;

        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var bell = running.Count < MostAtOnce ? [signal.WaitAsync(awake.Token)] : Array.Empty<Task>();
        await Task.WhenAny([.. running, .. bell, Task.Delay(nap, clock, awake.Token)]);
        await awake.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Work {Kind} {Item} failed at try {Tries} and is tried again: {Exception}")]
        public static partial void Failed(ILogger logger, WorkKind kind, string item, int tries, Type exception);

        [LoggerMessage(2, LogLevel.Error, "The work queue could not be read: {Exception}")]
        public static partial void QueueAway(ILogger logger, Type exception);

        [LoggerMessage(3, LogLevel.Warning, "Work {Kind} {Item} ended {Result} after another worker had taken it over: nothing was changed")]
        public static partial void TakenOver(ILogger logger, WorkKind kind, string item, string result);

        [LoggerMessage(4, LogLevel.Error, "Work {Kind} {Item} could not be completed and is taken up again after its lease: {Exception}")]
        public static partial void NotCompleted(ILogger logger, WorkKind kind, string item, Type exception);
    }
}
