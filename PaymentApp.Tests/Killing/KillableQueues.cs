using PaymentApp.Payments;
using PaymentApp.Reconciliation;
using PaymentApp.Webhooks;

namespace PaymentApp.Tests.Killing;

/// <summary>The webhook inbox, with kill points between being told and being done.</summary>
internal sealed class KillableInbox(IWebhookInbox inner, KillSwitch kill) : IWebhookInbox
{
    public async Task StoreAsync(WebhookEvent received, CancellationToken cancellationToken = default)
    {
        kill.Reach(KillPoint.EventReceived);
        await inner.StoreAsync(received, cancellationToken);
        kill.Reach(KillPoint.EventStored);
    }

    public async Task<WaitingEvent?> ClaimAsync(CancellationToken cancellationToken = default)
    {
        var claimed = await inner.ClaimAsync(cancellationToken);
        if (claimed is not null)
            kill.Reach(KillPoint.EventClaimed);
        return claimed;
    }

    public async Task EndAsync(WaitingEvent handled, WebhookResult result, CancellationToken cancellationToken = default)
    {
        kill.Reach(KillPoint.EventHandled);
        await inner.EndAsync(handled, result, cancellationToken);
        kill.Reach(KillPoint.EventEnded);
    }

    public Task<DateTime?> NextDueAsync(CancellationToken cancellationToken = default) => inner.NextDueAsync(cancellationToken);

    public Task<IReadOnlyList<ParkedEvent>> ParkedAsync(CancellationToken cancellationToken = default) => inner.ParkedAsync(cancellationToken);

    public Task<bool> ReplayAsync(string eventId, CancellationToken cancellationToken = default) => inner.ReplayAsync(eventId, cancellationToken);
}

/// <summary>The sweeper's queue, with a kill point where it has taken orders and looked at none.</summary>
internal sealed class KillableSweepQueue(ILookQueue inner, KillSwitch kill) : ILookQueue
{
    public async Task<IReadOnlyList<OrderId>> ClaimDueAsync(int most, CancellationToken cancellationToken = default)
    {
        var due = await inner.ClaimDueAsync(most, cancellationToken);
        if (due.Count > 0)
            kill.Reach(KillPoint.OrdersClaimedForSweep);
        return due;
    }
}
