namespace StripeSandbox.Books;

/// <summary>
/// Objects of one type in the order of their creation. Appending takes a lock, reading by position takes none,
/// so a page costs the same however many there are.
/// </summary>
internal sealed class Shelf
{
    private const int BlockBits = 12;
    private const int BlockSize = 1 << BlockBits;

    private readonly Lock _gate = new();
    private Slot[][] _blocks = [];
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public Slot this[long position] => Volatile.Read(ref _blocks)[position >> BlockBits][position & (BlockSize - 1)];

    public Slot Append(Func<long, Slot> create)
    {
        lock (_gate)
        {
            var position = _count;
            var block = (int)(position >> BlockBits);
            if (block == _blocks.Length)
                Volatile.Write(ref _blocks, [.. _blocks, new Slot[BlockSize]]);
            var slot = create(position);
            _blocks[block][position & (BlockSize - 1)] = slot;
            Volatile.Write(ref _count, position + 1);
            return slot;
        }
    }
}
