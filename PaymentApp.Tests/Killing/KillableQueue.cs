using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Killing;

/// <summary>The inbox, with kill points around keeping an event.</summary>
internal sealed class KillableInbox(IWebhookInbox inner, KillSwitch kill) : IWebhookInbox
{
    public Task<bool> StoreAsync(WebhookEvent received, CancellationToken cancellationToken = default) =>
        kill.AroundAsync(KillPoint.EventReceived, () => inner.StoreAsync(received, cancellationToken), KillPoint.EventStored);

    public Task<int> StoreMissingAsync(IReadOnlyList<WebhookEvent> events, CancellationToken cancellationToken = default) =>
        kill.AroundAsync(KillPoint.EventReceived, () => inner.StoreMissingAsync(events, cancellationToken), KillPoint.EventStored);

    public Task<StoredEvent?> FindAsync(string eventId, CancellationToken cancellationToken = default) => inner.FindAsync(eventId, cancellationToken);
}

/// <summary>The catch-up's cursor, with kill points around each page.</summary>
internal sealed class KillableCursor(IEventCursor inner, KillSwitch kill) : IEventCursor
{
    public Task<IAsyncDisposable?> TryTakeTurnAsync(CancellationToken cancellationToken = default) => inner.TryTakeTurnAsync(cancellationToken);

    public Task<EventPosition?> FindAsync(CancellationToken cancellationToken = default) => inner.FindAsync(cancellationToken);

    public Task<DateTime?> FindFirstOrderAsync(CancellationToken cancellationToken = default) => inner.FindFirstOrderAsync(cancellationToken);

    public async Task MoveAsync(EventPosition position, CancellationToken cancellationToken = default)
    {
        kill.Reach(KillPoint.CursorToBeMoved);
        await inner.MoveAsync(position, cancellationToken);
        kill.Reach(KillPoint.CursorMoved);
    }
}

/// <summary>How many items this process works on, whoever has their lease by now; one that it may be about to claim counts.</summary>
internal sealed class WorkInHand
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(int items) => Interlocked.Add(ref _count, items);
}

/// <summary>The work queue, with kill points between claiming an item and writing down how it came out.</summary>
internal sealed class KillableQueue(IWorkQueue inner, KillSwitch kill, WorkInHand inHand) : IWorkQueue
{
    public async Task<IReadOnlyList<WorkItem>> ClaimAsync(int most, CancellationToken cancellationToken = default)
    {
        inHand.Add(1);
        try
        {
            var claimed = await inner.ClaimAsync(most, cancellationToken);
            inHand.Add(claimed.Count);
            foreach (var item in claimed)
                kill.Reach(PointsOf(item.Kind).Claimed);
            return claimed;
        }
        finally
        {
            inHand.Add(-1);
        }
    }

    public async Task<bool> CompleteAsync(WorkItem item, WorkResult result, CancellationToken cancellationToken = default)
    {
        var (_, handled, ended) = PointsOf(item.Kind);
        try
        {
            return await kill.AroundAsync(handled, () => inner.CompleteAsync(item, result, cancellationToken), ended);
        }
        finally
        {
            inHand.Add(-1);
        }
    }

    public Task ScheduleAsync(WorkKind kind, string subject, DateTime dueAt, CancellationToken cancellationToken = default) =>
        inner.ScheduleAsync(kind, subject, dueAt, cancellationToken);

    public async Task ReleaseAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.ReleaseAsync(item, cancellationToken);
        }
        finally
        {
            inHand.Add(-1);
        }
    }

    public Task<DateTime?> NextDueAsync(CancellationToken cancellationToken = default) => inner.NextDueAsync(cancellationToken);

    public Task<DateTime?> OldestWaitingAsync(CancellationToken cancellationToken = default) => inner.OldestWaitingAsync(cancellationToken);

    public Task<IReadOnlyList<ParkedWork>> ParkedAsync(int most, CancellationToken cancellationToken = default) => inner.ParkedAsync(most, cancellationToken);

    public Task<IReadOnlyDictionary<WorkKind, int>> CountParkedAsync(CancellationToken cancellationToken = default) =>
        inner.CountParkedAsync(cancellationToken);

    public Task<bool> ReplayAsync(long id, CancellationToken cancellationToken = default) => inner.ReplayAsync(id, cancellationToken);

    public Task<int> DeleteDoneAsync(CancellationToken cancellationToken = default) => inner.DeleteDoneAsync(cancellationToken);

    private static (KillPoint Claimed, KillPoint Handled, KillPoint Ended) PointsOf(WorkKind kind) => kind switch
    {
        WorkKind.Event => (KillPoint.EventClaimed, KillPoint.EventHandled, KillPoint.EventEnded),
        WorkKind.Look => (KillPoint.LookClaimed, KillPoint.LookHandled, KillPoint.LookEnded),
        WorkKind.Fulfilment => (KillPoint.FulfilmentClaimed, KillPoint.FulfilmentHandled, KillPoint.FulfilmentEnded),
        _ => (KillPoint.CatchUpClaimed, KillPoint.CatchUpHandled, KillPoint.CatchUpEnded),
    };
}

/// <summary>The shop's own fulfilment, with kill points before it and after it.</summary>
internal sealed class KillableFulfilment(IFulfilmentHandler inner, KillSwitch kill) : IFulfilmentHandler
{
    public async Task FulfilAsync(FulfilmentOrder order, string fulfilmentId, CancellationToken cancellationToken = default)
    {
        kill.Reach(KillPoint.HandlerToBeCalled);
        await inner.FulfilAsync(order, fulfilmentId, cancellationToken);
        kill.Reach(KillPoint.HandlerSucceeded);
    }
}

/// <summary>The shop's memory of what is fulfilled, with a kill point after a completion is written.</summary>
internal sealed class KillableFulfilments(IFulfilments inner, KillSwitch kill) : IFulfilments
{
    public Task<FulfilmentOrder?> FindOpenAsync(OrderId order, CancellationToken cancellationToken = default) =>
        inner.FindOpenAsync(order, cancellationToken);

    public async Task<bool> CompleteAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        var isFirst = await inner.CompleteAsync(order, cancellationToken);
        kill.Reach(KillPoint.FulfilmentRecorded);
        return isFirst;
    }
}
