namespace PaymentApp.Webhooks;

/// <summary>Drains the inbox: one scope an event, so that one that fails leaves nothing behind for the next.</summary>
internal sealed partial class WebhookProcessor(
    IWebhookInbox inbox, WebhookSignal signal, IServiceScopeFactory scopes, TimeProvider clock, ILogger<WebhookProcessor> logger)
    : BackgroundService
{
    // Another instance may have stored an event, and its signal is not heard here.
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(30);

    /// <summary>Processes what is due now; returns how many events it took.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken = default)
    {
        var taken = 0;
        while (await inbox.ClaimAsync(cancellationToken) is { } waiting)
        {
            taken++;
            await inbox.EndAsync(waiting, await HandleAsync(waiting, cancellationToken), cancellationToken);
        }

        return taken;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DrainAsync(stoppingToken);
                await SleepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The database may be away for a while: the processor outlives that.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.InboxAway(logger, exception.GetType());
                await Task.Delay(LongestNap, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<WebhookResult> HandleAsync(WaitingEvent waiting, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<WebhookHandler>().HandleAsync(waiting, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One event that cannot be handled must not hold up the others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(logger, waiting.EventId, waiting.Type, exception.GetType());
            return new WebhookResult.TryAgain(exception.GetType().Name);
        }
    }

    private async Task SleepAsync(CancellationToken stoppingToken)
    {
        var due = await inbox.NextDueAsync(stoppingToken) - clock.GetUtcNow().UtcDateTime;
        var nap = due is { } until && until < LongestNap ? until : LongestNap;
        if (nap <= TimeSpan.Zero)
            return;

        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(Task.Delay(nap, clock, awake.Token), signal.WaitAsync(awake.Token));
        await awake.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Webhook event {EventId} ({Type}) could not be processed: {Exception}")]
        public static partial void Failed(ILogger logger, string eventId, string type, Type exception);

        [LoggerMessage(2, LogLevel.Error, "The webhook inbox could not be read: {Exception}")]
        public static partial void InboxAway(ILogger logger, Type exception);
    }
}
