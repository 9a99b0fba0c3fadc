using System.Collections.Concurrent;

namespace PaymentApp.Payments;

/// <summary>
/// Tells the open pages of this process that a payment changed, so that none has to ask again and again. Where several
/// processes share a ledger, the ledger tells each of them what the others changed.
/// </summary>
public sealed class OrderChanges
{
    private readonly ConcurrentDictionary<OrderId, Action<PaymentChange>?> _listeners = new();
    private readonly Guid _process = Guid.NewGuid();
    private long _count;

    /// <summary>
    /// Another one after each change of any order. Whoever takes it, then reads, and finds it changed later has read what is
    /// old; where another process gave it, it has always changed.
    /// </summary>
    public string Mark => $"{_process:n}-{Interlocked.Read(ref _count)}";

    /// <summary>
    /// Calls <paramref name="changed"/> after each change of the order's payment that a page shows, until the subscription
    /// is disposed. It must not block. Changes may overtake each other: their versions tell which is the later.
    /// </summary>
    /// <param name="version">The version of the payment that the page shows; null where it shows none yet.</param>
    public IDisposable Subscribe(OrderId order, int? version, Action<PaymentChange> changed)
    {
        var subscription = Add(order, changed);
        if (version is { } shown)
            WatchedFrom?.Invoke(order, shown);
        return subscription;
    }

    /// <summary>The same after each change of any order, for pages that list them.</summary>
    public IDisposable SubscribeToAll(Action<PaymentChange> changed) => Add(default, changed);

    /// <summary>
    /// Raised after each change that this process made, and not for those that others made. True for one of which the
    /// payment's version says nothing.
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
    /// <param name="isBesidePayment">Whether it is something else of the order that changed, such as an operator's note, of which the payment's version says nothing.</param>
    internal void Publish(PaymentChange change, bool isBesidePayment = false)
    {
        Tell(change);
        MadeHere?.Invoke(change, isBesidePayment);
    }

    /// <summary>Has <see cref="Mark"/> be another one: something has changed, or may have, of which nobody here is told.</summary>
    internal void MoveMark() => Interlocked.Increment(ref _count);

    /// <summary>Tells of a change that another process made.</summary>
    internal void Tell(PaymentChange change)
    {
        MoveMark();
        // No order has the default id, so what listens there listens to all.
        foreach (var listener in Delegate.EnumerateInvocationList(_listeners.GetValueOrDefault(change.Order) + _listeners.GetValueOrDefault(default)))
        {
            try
            {
                listener(change);
            }
            catch (ObjectDisposedException)
            {
                // A page that is going away must not undo, for its caller, what was committed.
            }
        }
    }

    private Subscription Add(OrderId order, Action<PaymentChange> changed)
    {
        _listeners.AddOrUpdate(order, changed, (_, others) => others + changed);
        return new Subscription(this, order, changed);
    }

    private void Unsubscribe(OrderId order, Action<PaymentChange> changed)
    {
        _listeners.AddOrUpdate(order, (Action<PaymentChange>?)null, (_, others) => others - changed);
        _listeners.TryRemove(new(order, null));
    }

    private sealed class Subscription(OrderChanges changes, OrderId order, Action<PaymentChange> changed) : IDisposable
    {
        public void Dispose() => changes.Unsubscribe(order, changed);
    }
}
