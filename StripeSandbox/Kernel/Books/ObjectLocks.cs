namespace StripeSandbox.Books;

/// <summary>
/// Locks of objects, by their ids. A lock is there while somebody holds it or waits for it: one for each object would be as many
/// objects again.
/// </summary>
internal sealed class ObjectLocks
{
    private readonly Dictionary<string, ObjectLock> _taken = new(StringComparer.Ordinal);

    /// <summary>The lock, held by this thread, which may hold it already; null when another one does not let go of it in time.</summary>
    public ObjectLock? TryEnter(string id, TimeSpan patience)
    {
        ObjectLock? taken;
        lock (_taken)
        {
            if (!_taken.TryGetValue(id, out taken))
                _taken.Add(id, taken = new ObjectLock(id));
            taken.Users++;
        }

        if (Monitor.TryEnter(taken, patience))
            return taken;
        Leave(taken);
        return null;
    }

    public void Exit(ObjectLock held)
    {
        Monitor.Exit(held);
        Leave(held);
    }

    private void Leave(ObjectLock left)
    {
        lock (_taken)
        {
            if (--left.Users == 0)
                _taken.Remove(left.Id);
        }
    }
}

/// <summary>The lock of one object; its own monitor.</summary>
internal sealed class ObjectLock(string id)
{
    public string Id => id;

    /// <summary>How many threads hold it or wait for it.</summary>
    public int Users { get; set; }
}
