using System.Collections.Concurrent;

namespace PaymentApp.Payments;

/// <summary>Tells the open pages of this process that an order changed, so that none has to ask again and again.</summary>
public sealed class OrderChanges
{
    private readonly ConcurrentDictionary<OrderId, Action?> listeners = new();

    /// <summary>Calls <paramref name="changed"/> after each change of the order until the subscription is disposed. It must not block.</summary>
    public IDisposable Subscribe(OrderId order, Action changed)
    {
        listeners.AddOrUpdate(order, changed, (_, others) => others + changed);
        return new Subscription(this, order, changed);
    }

    /// <summary>The same after each change of any order, for pages that list them.</summary>
    public IDisposable SubscribeToAll(Action changed) => Subscribe(default, changed);

    internal void Publish(OrderId order)
    {
        // No order has the default id, so what listens there listens to all.
        foreach (var listener in Delegate.EnumerateInvocationList(listeners.GetValueOrDefault(order) + listeners.GetValueOrDefault(default)))
        {
            try
            {
                listener();
            }
            catch (ObjectDisposedException)
            {
                // A page that is going away must not undo, for its caller, what was committed.
            }
        }
    }

    private void Unsubscribe(OrderId order, Action changed)
    {
        listeners.AddOrUpdate(order, (Action?)null, (_, others) => others - changed);
        listeners.TryRemove(new(order, null));
    }

    private sealed class Subscription(OrderChanges changes, OrderId order, Action changed) : IDisposable
    {
        public void Dispose() => changes.Unsubscribe(order, changed);
    }
}
