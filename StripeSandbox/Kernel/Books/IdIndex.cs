namespace StripeSandbox.Books;

/// <summary>
/// Finds slots by the ids of their objects. Reading takes no lock; nothing is ever removed but everything at once. A
/// dictionary would keep an object of its own for each entry, and the sandbox's time goes into objects that live on.
/// </summary>
internal sealed class IdIndex
{
    private const int FirstSize = 1 << 10;

    private readonly Lock gate = new();
    private Slot?[] table = new Slot?[FirstSize];
    private int count;

    public Slot? Find(string id)
    {
        var places = Volatile.Read(ref table);
        var hash = Slot.HashOf(id);
        for (var place = hash & (places.Length - 1); ; place = (place + 1) & (places.Length - 1))
        {
            if (Volatile.Read(ref places[place]) is not { } slot)
                return null;
            if (slot.Hash == hash && slot.Value.Id == id)
                return slot;
        }
    }

    /// <summary>Adds a slot whose id is not there yet.</summary>
    public void Add(Slot slot)
    {
        lock (gate)
        {
            // At least half of the places stay free: a search that finds nothing ends soon.
            if (++count > table.Length / 2)
                Volatile.Write(ref table, Grown());
            Place(table, slot);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            count = 0;
            Volatile.Write(ref table, new Slot?[FirstSize]);
        }
    }

    private Slot?[] Grown()
    {
        var grown = new Slot?[table.Length * 2];
        foreach (var slot in table)
            if (slot is not null)
                Place(grown, slot);
        return grown;
    }

    private static void Place(Slot?[] places, Slot slot)
    {
        var place = slot.Hash & (places.Length - 1);
        while (places[place] is not null)
            place = (place + 1) & (places.Length - 1);
        Volatile.Write(ref places[place], slot);
    }
}
