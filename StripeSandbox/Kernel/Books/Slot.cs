using StripeSandbox.Objects;

namespace StripeSandbox.Books;

/// <summary>The place of one object: its current record. Whoever changes it holds the slot's own monitor: a lock each would be another object for every object.</summary>
internal sealed class Slot(StripeObject value, long position)
{
    private StripeObject current = value;

    /// <summary>The hash of the object's id.</summary>
    public int Hash { get; } = HashOf(value.Id);

    public static int HashOf(string id) => string.GetHashCode(id, StringComparison.Ordinal);

    public bool TryEnter(TimeSpan patience) => Monitor.TryEnter(this, patience);

    public void Exit() => Monitor.Exit(this);

    /// <summary>Where the object stands among those of its type, oldest first.</summary>
    public long Position { get; } = position;

    public StripeObject Value
    {
        get => Volatile.Read(ref current);
        set => Volatile.Write(ref current, value);
    }
}
