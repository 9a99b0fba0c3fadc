namespace StripeSandbox.Books;

/// <summary>
/// Finds the places of objects by their ids. Reading takes no lock; nothing is ever removed but everything at once. An entry is a
/// number, not a reference: half of the sandbox's time went into collecting garbage, and the collector passes over numbers.
/// </summary>
/// <param name="shelves">All shelves, by their numbers; 31 at most.</param>
internal sealed class IdIndex(IReadOnlyList<Shelf> shelves)
{
    private const int FirstSize = 1 << 10;

    // From the highest bit: 27 of the id's hash, 5 of the shelf's number plus one, 32 of the position. Zero is a free place.
    private const int HashShift = 37;
    private const int ShelfShift = 32;
    private const ulong ShelfMask = 31;

    private readonly Lock _gate = new();
    private ulong[] _table = new ulong[FirstSize];
    private int _count;

    public Slot? Find(string id)
    {
        var places = Volatile.Read(ref _table);
        var hash = HashOf(id);
        for (var place = hash & (uint)(places.Length - 1); ; place = (place + 1) & (uint)(places.Length - 1))
        {
            var entry = Volatile.Read(ref places[place]);
            if (entry == 0)
                return null;
            if (entry >> HashShift != hash)
                continue;
            var slot = new Slot(shelves[(int)((entry >> ShelfShift) & ShelfMask) - 1], (uint)entry);
            if (slot.Shelf.HasAt(slot.Position, id))
                return slot;
        }
    }

    /// <summary>Adds the place of an object whose id is not there yet.</summary>
    public void Add(string id, Slot slot)
    {
        var entry = ((ulong)HashOf(id) << HashShift) | ((ulong)(slot.Shelf.Number + 1) << ShelfShift) | checked((uint)slot.Position);
        lock (_gate)
        {
            // At least half of the places stay free: a search that finds nothing ends soon.
            if (++_count > _table.Length / 2)
                Volatile.Write(ref _table, Grown());
            Place(_table, entry);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _count = 0;
            Volatile.Write(ref _table, new ulong[FirstSize]);
        }
    }

    private static uint HashOf(string id) => (uint)string.GetHashCode(id, StringComparison.Ordinal) >> 5;

    private ulong[] Grown()
    {
        var grown = new ulong[_table.Length * 2];
        foreach (var entry in _table)
            if (entry != 0)
                Place(grown, entry);
        return grown;
    }

    private static void Place(ulong[] places, ulong entry)
    {
        var place = (uint)(entry >> HashShift) & (uint)(places.Length - 1);
        while (places[place] != 0)
            place = (place + 1) & (uint)(places.Length - 1);
        Volatile.Write(ref places[place], entry);
    }
}
