using StripeSandbox.Objects;

namespace StripeSandbox.Books;

/// <summary>
/// Objects of one type in the order of their creation. Appending takes a lock, reading by position takes none,
/// so a page costs the same however many there are.
/// </summary>
internal sealed class Shelf
{
    private const int BlockBits = 12;
    private const int BlockSize = 1 << BlockBits;

    private readonly Lock gate = new();
    private Slot[][] blocks = [];
    private long count;

    public long Count => Volatile.Read(ref count);

    public Slot this[long position] => Volatile.Read(ref blocks)[position >> BlockBits][position & (BlockSize - 1)];

    public Slot Append(StripeObject value)
    {
        lock (gate)
        {
            var position = count;
            var block = (int)(position >> BlockBits);
            if (block == blocks.Length)
                Volatile.Write(ref blocks, [.. blocks, new Slot[BlockSize]]);
            var slot = new Slot(value, position);
            blocks[block][position & (BlockSize - 1)] = slot;
            Volatile.Write(ref count, position + 1);
            return slot;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            Volatile.Write(ref count, 0);
            Volatile.Write(ref blocks, []);
        }
    }
}
