using Microsoft.Extensions.Options;
using PaymentApp.Payments;

namespace PaymentApp.Reconciliation;

/// <summary>
/// Looks at orders that cannot move by themselves (invariant 5): a lost answer, an authentication whose tab was closed,
/// an attempt past its hour, an order that nobody wants any more.
/// </summary>
internal sealed partial class Sweeper(
    ILookQueue queue, IServiceScopeFactory scopes, TimeProvider clock, IOptions<PaymentsOptions> options, ILogger<Sweeper> logger)
    : BackgroundService
{
    private const int Batch = 25;

    /// <summary>Looks at every order that is due; returns how many there were.</summary>
    public async Task<int> LookAtDueAsync(CancellationToken cancellationToken = default)
    {
        var looked = 0;
        while (await queue.ClaimDueAsync(Batch, cancellationToken) is { Count: > 0 } due)
        {
            looked += due.Count;
            foreach (var order in due)
                await LookAsync(order, cancellationToken);
        }

        if (looked > 0)
            Log.Swept(logger, looked);
        return looked;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, clock);
        do
        {
            try
            {
                await LookAtDueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The database may be away for a while: the sweeper outlives that.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.QueueAway(logger, exception.GetType());
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(
            tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default));
    }

    private async Task LookAsync(OrderId order, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<OrderLook>().LookAsync(order, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One order whose look fails must not hold up the others; its next look is set.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception.GetType());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The sweeper looked at {Count} orders")]
        public static partial void Swept(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Error, "A look at an order failed and is repeated: {Exception}")]
        public static partial void Failed(ILogger logger, Type exception);

        [LoggerMessage(3, LogLevel.Error, "The sweeper could not read the ledger: {Exception}")]
        public static partial void QueueAway(ILogger logger, Type exception);
    }
}
