using System.Collections.Concurrent;

namespace PaymentApp.Payments;

/// <summary>
/// Tells the open pages of this process that a payment changed, so that none has to ask again and again. Where several
/// processes share a ledger, the ledger tells each of them what the others changed.
/// </summary>
public sealed class OrderChanges
{
    private readonly ConcurrentDictionary<OrderId, Action<PaymentChange, bool>?> _listeners = new();
    private readonly Guid _process = Guid.NewGuid();
    private long _count;

    /// <summary>
    /// Another one after each change of any order. Whoever takes it, then reads, and finds it changed later has read what is
    /// old; where another process gave it, it has always changed.
    /// </summary>
    public string Mark => $"{_process:n}-{Interlocked.Read(ref _count)}";

    /// <summary>
    /// Calls <paramref name="changed"/> after each change of the order's payment that a shopper's page shows, until the
    /// subscription is disposed. It must not block. No version is told twice, whoever tells of it, nor one that a later one
    /// has overtaken; two that are told at the same time may still meet in either order.
    /// </summary>
    /// <param name="version">The version of the payment that the page shows; null where it shows none yet.</param>
    public IDisposable Subscribe(OrderId order, int? version, Action<PaymentChange> changed)
    {
        var told = version ?? int.MinValue;
        return Add(order, version, (change, isDetail) =>
        {
            if (!isDetail && Later(ref told, change.Version))
                changed(change);
        });
    }

    /// <summary>The same for the desk's page of an order, which shows details as well.</summary>
    public IDisposable SubscribeToDetails(OrderId order, int version, Action<PaymentChange> changed) => Add(order, version, (change, _) => changed(change));

    /// <summary>Calls it after each change of any order, for pages that list them.</summary>
    public IDisposable SubscribeToAll(Action<PaymentChange> changed) => Add(default, version: null, (change, _) => changed(change));

    /// <summary>
    /// Raised after each change that this process made, and not for those that others made. True for a detail, which no
    /// shopper's page shows.
    /// </summary>
    internal event Action<PaymentChange, bool>? MadeHere;

    /// <summary>Raised with each page that shows a version of an order's payment, and is to be told of the later ones.</summary>
    internal event Action<OrderId, int>? WatchedFrom;

    /// <summary>The orders that a page of this process is about.</summary>
    internal IReadOnlyList<OrderId> Watched => [.. _listeners.Keys.Where(order => order != default)];

    /// <summary>Whether somebody would be told of a change of the order.</summary>
    internal bool IsWatched(OrderId order) => _listeners.ContainsKey(order) || IsListWatched;

    /// <summary>Whether somebody wants to be told of every change.</summary>
    internal bool IsListWatched => _listeners.ContainsKey(default);

    /// <summary>Tells of a change that this process made.</summary>
    /// <param name="isDetail">Whether only the desk shows what changed, such as a note, a dispute's deadline or a step that ended.</param>
    internal void Publish(PaymentChange change, bool isDetail = false)
    {
        Tell(change, isDetail);
        MadeHere?.Invoke(change, isDetail);
    }

    /// <summary>Has <see cref="Mark"/> be another one: something has changed, or may have, of which nobody here is told.</summary>
    internal void MoveMark() => Interlocked.Increment(ref _count);

    /// <summary>Tells of a change that another process made.</summary>
    internal void Tell(PaymentChange change, bool isDetail = false)
    {
        MoveMark();
        // No order has the default id, so what listens there listens to all.
        foreach (var listener in Delegate.EnumerateInvocationList(_listeners.GetValueOrDefault(change.Order) + _listeners.GetValueOrDefault(default)))
        {
            try
            {
                listener(change, isDetail);
            }
            catch (ObjectDisposedException)
            {
                // A page that is going away must not undo, for its caller, what was committed.
            }
        }
    }

    /// <summary>Moves <paramref name="told"/> on to a later version; false where it is as late already.</summary>
    private static bool Later(ref int told, int version)
    {
        while (true)
        {
            var before = Volatile.Read(ref told);
            if (before >= version)
                return false;
            if (Interlocked.CompareExchange(ref told, version, before) == before)
                return true;
        }
    }

    private Subscription Add(OrderId order, int? version, Action<PaymentChange, bool> changed)
    {
        _listeners.AddOrUpdate(order, changed, (_, others) => others + changed);
        if (version is { } shown)
            WatchedFrom?.Invoke(order, shown);
        return new Subscription(this, order, changed);
    }

    private void Unsubscribe(OrderId order, Action<PaymentChange, bool> changed)
    {
        _listeners.AddOrUpdate(order, (Action<PaymentChange, bool>?)null, (_, others) => others - changed);
        _listeners.TryRemove(new(order, null));
    }

    private sealed class Subscription(OrderChanges changes, OrderId order, Action<PaymentChange, bool> changed) : IDisposable
    {
        public void Dispose() => changes.Unsubscribe(order, changed);
    }
}
