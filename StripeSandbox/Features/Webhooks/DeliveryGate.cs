namespace StripeSandbox.Webhooks;

internal enum ReleaseOrder
{
    Created,
    Reversed,
    Shuffled,
}

/// <summary>Where the control surface stops deliveries, lets them go in another order, and doubles them.</summary>
internal sealed class DeliveryGate
{
    private readonly Lock gate = new();
    private readonly List<string> held = [];
    private bool isHolding;
    private int copies = 1;

    public bool IsHolding
    {
        get
        {
            lock (gate)
                return isHolding;
        }
    }

    public int HeldCount
    {
        get
        {
            lock (gate)
                return held.Count;
        }
    }

    /// <summary>How often each delivery is sent.</summary>
    public int Copies
    {
        get => Volatile.Read(ref copies);
        set => Volatile.Write(ref copies, value);
    }

    /// <summary>Keeps the delivery back if deliveries are being held.</summary>
    public bool TryHold(string delivery)
    {
        lock (gate)
        {
            if (isHolding)
                held.Add(delivery);
            return isHolding;
        }
    }

    public void Hold()
    {
        lock (gate)
            isHolding = true;
    }

    /// <summary>Holds no more, and hands out what was held.</summary>
    public IReadOnlyList<string> Release(ReleaseOrder order, int? seed)
    {
        lock (gate)
        {
            isHolding = false;
            var released = held.ToArray();
            held.Clear();
            if (order == ReleaseOrder.Reversed)
                Array.Reverse(released);
            else if (order == ReleaseOrder.Shuffled)
                (seed is { } given ? new Random(given) : Random.Shared).Shuffle(released);
            return released;
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            isHolding = false;
            held.Clear();
            Copies = 1;
        }
    }
}
