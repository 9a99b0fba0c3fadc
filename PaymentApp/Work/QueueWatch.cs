namespace PaymentApp.Work;

/// <summary>Reads for the metrics how the queue stands. Runs only where metrics are exported: nobody else pays for it.</summary>
internal sealed partial class QueueWatch(IWorkQueue queue, WorkMetrics metrics, TimeProvider clock, ILogger<QueueWatch> logger) : BackgroundService
{
    public static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(15);

    public async Task ReadAsync(CancellationToken cancellationToken = default) => metrics.Queue = new QueueReading(
        await queue.OldestWaitingAsync(cancellationToken), await queue.CountParkedAsync(cancellationToken), clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ReadEvery, clock);
        try
        {
            do
                await TryReadAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The shop ends.
        }
    }

    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken);
        }
#pragma warning disable CA1031 // The database may be away for a while: then the metrics have a gap.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            metrics.Queue = null;
            Log.QueueAway(logger, exception.GetType());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The work queue could not be read for the metrics: {Exception}")]
        public static partial void QueueAway(ILogger logger, Type exception);
    }
}
