namespace PaymentApp.Payments;

/// <summary>Lets each key do something so many times within any window of time, and tells who is refused how long to wait.</summary>
internal sealed class SlidingLimit(int most, TimeSpan window, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<long>> _taken = [];
    private long _cleaned = clock.GetTimestamp();

    /// <returns>Null where it may be done, which is not counted; otherwise how long it may not.</returns>
    public TimeSpan? WaitFor(string key)
    {
        lock (_gate)
            return _taken.TryGetValue(key, out var taken) ? Wait(taken, clock.GetTimestamp()) : null;
    }

    /// <returns>Null where it may be done, which is counted then; otherwise how long it may not.</returns>
    public TimeSpan? Take(string key)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            RemoveExpired(now);
            if (!_taken.TryGetValue(key, out var taken))
                _taken[key] = taken = [];
            if (Wait(taken, now) is { } wait)
                return wait;

            taken.Enqueue(now);
            return null;
        }
    }

    private TimeSpan? Wait(Queue<long> taken, long now)
    {
        while (taken.TryPeek(out var oldest) && IsExpired(oldest, now))
            taken.Dequeue();
        return taken.Count < most ? null : window - clock.GetElapsedTime(taken.Peek(), now);
    }

    private bool IsExpired(long moment, long now) => clock.GetElapsedTime(moment, now) >= window;

    // Once a window: a crowd of addresses must not fill the memory.
    private void RemoveExpired(long now)
    {
        if (!IsExpired(_cleaned, now))
            return;

        _cleaned = now;
        foreach (var (key, taken) in _taken)
        {
            if (taken.All(moment => IsExpired(moment, now)))
                _taken.Remove(key);
        }
    }
}
