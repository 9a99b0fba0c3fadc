namespace PaymentApp.Webhooks;

/// <summary>Notes that webhooks come, and how they did, once a minute at most: a busy hour costs the ledger sixty small writes.</summary>
internal sealed class WebhookDeliveries(IEventSources sources, TimeProvider clock)
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _notedAt;
    private bool? _wentWell;

    /// <param name="isNew">Whether the event was not known yet.</param>
    public Task AcceptedAsync(bool isNew, CancellationToken cancellationToken = default) => IsDue(wentWell: true)
        ? sources.SucceededAsync(EventSource.Webhook, 1, isNew, cancellationToken)
        : Task.CompletedTask;

    /// <param name="why">In the shop's own words.</param>
    public Task RefusedAsync(string why, CancellationToken cancellationToken = default) => IsDue(wentWell: false)
        ? sources.FailedAsync(EventSource.Webhook, why, cancellationToken)
        : Task.CompletedTask;

    private bool IsDue(bool wentWell)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_wentWell == wentWell && now - _notedAt < NotedEvery)
                return false;
            (_wentWell, _notedAt) = (wentWell, now);
            return true;
        }
    }
}
