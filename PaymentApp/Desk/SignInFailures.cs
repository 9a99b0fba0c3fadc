namespace PaymentApp.Desk;

/// <summary>Counts failed sign-ins by name and by address, in this process.</summary>
internal sealed class SignInFailures(TimeProvider clock)
{
    /// <summary>How many failures lock a name out.</summary>
    public const int MostOfName = 5;

    /// <summary>How many failures lock an address out; several people may share one.</summary>
    public const int MostOfAddress = 20;

    /// <summary>How long a lock-out lasts, and how long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    // Whoever invents names must not fill the memory.
    private const int MostKept = 10_000;

    private readonly Dictionary<string, (int Count, DateTimeOffset Last)> _failures = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <summary>Counts an attempt as failed until <see cref="Forget"/>; false, and not counted, when it is locked out.</summary>
    public bool TryCount(string name, string? address)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var (byName, byAddress) = (CountOf(NameKey(name), now), CountOf(AddressKey(address), now));
            if (byName >= MostOfName || byAddress >= MostOfAddress)
                return false;

            if (_failures.Count >= MostKept)
                RemoveOld(now);
            _failures[NameKey(name)] = (byName + 1, now);
            _failures[AddressKey(address)] = (byAddress + 1, now);
            return true;
        }
    }

    /// <summary>The attempt was none of a guesser's: the name starts anew, and the address has one failure less.</summary>
    public void Forget(string name, string? address)
    {
        lock (_gate)
        {
            _failures.Remove(NameKey(name));
            if (_failures.TryGetValue(AddressKey(address), out var known))
                _failures[AddressKey(address)] = known with { Count = Math.Max(0, known.Count - 1) };
        }
    }

    private int CountOf(string key, DateTimeOffset now) =>
        _failures.TryGetValue(key, out var known) && now - known.Last < Window ? known.Count : 0;

    private void RemoveOld(DateTimeOffset now)
    {
        foreach (var key in _failures.Where(entry => now - entry.Value.Last >= Window).Select(entry => entry.Key).ToList())
            _failures.Remove(key);
        // Nothing is old enough: the entries with the fewest failures are those of invented names.
        foreach (var key in _failures.OrderBy(entry => entry.Value.Count).ThenBy(entry => entry.Value.Last)
            .Take(Math.Max(0, _failures.Count - (MostKept * 9 / 10))).Select(entry => entry.Key).ToList())
            _failures.Remove(key);
    }

    private static string NameKey(string name) => "name " + name;

    private static string AddressKey(string? address) => "address " + address;
}
