using StripeSandbox.Objects;
using StripeSandbox.Packing;

namespace StripeSandbox.Books;

/// <summary>
/// Objects of one type in the order of their creation. Appending takes a lock, reading by position takes none,
/// so a page costs the same however many there are. The objects themselves are in the store, packed: what is read is a copy.
/// </summary>
/// <param name="number">Tells it from the other shelves, from 0.</param>
/// <param name="store">Has the objects.</param>
internal sealed class Shelf(int number, VersionStore store) : IPositions
{
    private const int BlockBits = 12;
    private const int BlockSize = 1 << BlockBits;

    private readonly Lock _gate = new();
    private long[][] _blocks = [];
    private long _count;

    public int Number => number;

    public long Count => Volatile.Read(ref _count);

    public Slot this[long position] => new(this, position);

    /// <summary>The object there; null where there is none, as after <see cref="Clear"/>.</summary>
    public StripeObject? ValueAt(long position) => AddressAt(position) is { } address ? store.Read(address) : null;

    /// <summary>Whether the object with that id stands there.</summary>
    public bool HasAt(long position, string id) => AddressAt(position) is { } address && store.HasId(address, id);

    /// <summary>Adds an object that the store has.</summary>
    public Slot Append(StripeObject value)
    {
        lock (_gate)
        {
            var position = _count;
            var block = (int)(position >> BlockBits);
            if (block == _blocks.Length)
                Volatile.Write(ref _blocks, [.. _blocks, new long[BlockSize]]);
            Volatile.Write(ref _blocks[block][position & (BlockSize - 1)], Entry(value));
            Volatile.Write(ref _count, position + 1);
            return new Slot(this, position);
        }
    }

    public void Replace(long position, StripeObject value)
    {
        var blocks = Volatile.Read(ref _blocks);
        var block = position >> BlockBits;
        if (block < blocks.Length)
            Volatile.Write(ref blocks[block][position & (BlockSize - 1)], Entry(value));
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

    // The address plus one: zero is a place that nobody has taken yet.
    private static long Entry(StripeObject value) => value.Version.Address + 1;

    private long? AddressAt(long position)
    {
        var blocks = Volatile.Read(ref _blocks);
        var block = position >> BlockBits;
        return block < blocks.Length && Volatile.Read(ref blocks[block][position & (BlockSize - 1)]) is > 0 and var entry ? entry - 1 : null;
    }
}
