using StripeSandbox.Objects;

namespace StripeSandbox.Books;

/// <summary>
/// Objects of one type in the order of their creation. Appending takes a lock, reading by position takes none,
/// so a page costs the same however many there are.
/// </summary>
/// <param name="number">Tells it from the other shelves, from 0.</param>
internal sealed class Shelf(int number) : IPositions
{
    private const int BlockBits = 12;
    private const int BlockSize = 1 << BlockBits;

    private readonly Lock _gate = new();
    private StripeObject?[][] _blocks = [];
    private long _count;

    public int Number => number;

    public long Count => Volatile.Read(ref _count);

    public Slot this[long position] => new(this, position);

    /// <summary>The object there; null where there is none, as after <see cref="Clear"/>.</summary>
    public StripeObject? ValueAt(long position)
    {
        var blocks = Volatile.Read(ref _blocks);
        var block = position >> BlockBits;
        return block < blocks.Length ? Volatile.Read(ref blocks[block][position & (BlockSize - 1)]) : null;
    }

    public Slot Append(StripeObject value)
    {
        lock (_gate)
        {
            var position = _count;
            var block = (int)(position >> BlockBits);
            if (block == _blocks.Length)
                Volatile.Write(ref _blocks, [.. _blocks, new StripeObject?[BlockSize]]);
            Volatile.Write(ref _blocks[block][position & (BlockSize - 1)], value);
            Volatile.Write(ref _count, position + 1);
            return new Slot(this, position);
        }
    }

    public void Replace(long position, StripeObject value)
    {
        var blocks = Volatile.Read(ref _blocks);
        var block = position >> BlockBits;
        if (block < blocks.Length)
            Volatile.Write(ref blocks[block][position & (BlockSize - 1)], value);
    }

    public long? Before(long position) => Math.Min(position, Count) is > 0 and var end ? end - 1 : null;

    public long? After(long position) => position + 1 < Count ? position + 1 : null;

    public void Clear()
    {
        lock (_gate)
        {
            Volatile.Write(ref _count, 0);
            Volatile.Write(ref _blocks, []);
        }
    }
}
