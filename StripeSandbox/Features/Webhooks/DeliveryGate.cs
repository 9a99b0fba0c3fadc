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
    private readonly Lock _gate = new();
    private readonly List<string> _held = [];
    private bool _isHolding;
    private int _copies = 1;

    public bool IsHolding
    {
        get
        {
            lock (_gate)
                return _isHolding;
        }
    }

    public int HeldCount
    {
        get
        {
            lock (_gate)
                return _held.Count;
        }
    }

    /// <summary>How often each delivery is sent.</summary>
    public int Copies
    {
        get => Volatile.Read(ref _copies);
        set => Volatile.Write(ref _copies, value);
    }

    /// <summary>Keeps the delivery back if deliveries are being held.</summary>
    public bool TryHold(string delivery)
    {
        lock (_gate)
        {
            if (_isHolding)
                _held.Add(delivery);
            return _isHolding;
        }
    }

    public void Hold()
    {
        lock (_gate)
            _isHolding = true;
    }

    /// <summary>Holds no more, and hands out what was held.</summary>
    public IReadOnlyList<string> Release(ReleaseOrder order, int? seed)
    {
        lock (_gate)
        {
            _isHolding = false;
            var released = _held.ToArray();
            _held.Clear();
            if (order == ReleaseOrder.Reversed)
                Array.Reverse(released);
            else if (order == ReleaseOrder.Shuffled)
                (seed is { } given ? new Random(given) : Random.Shared).Shuffle(released);
            return released;
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _isHolding = false;
            _held.Clear();
            Copies = 1;
        }
    }
}
