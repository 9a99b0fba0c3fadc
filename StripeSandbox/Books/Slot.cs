using StripeSandbox.Objects;

namespace StripeSandbox.Books;

/// <summary>The place of one object: its current record, and the lock that whoever changes it holds.</summary>
internal sealed class Slot(StripeObject value, long position)
{
    private StripeObject current = value;

    public Lock Gate { get; } = new();

    /// <summary>Where the object stands among those of its type, oldest first.</summary>
    public long Position { get; } = position;

    public StripeObject Value
    {
        get => Volatile.Read(ref current);
        set => Volatile.Write(ref current, value);
    }
}
