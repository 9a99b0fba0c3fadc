using System.Collections.Frozen;
using StripeSandbox.Idempotency;
using StripeSandbox.Objects;
using StripeSandbox.Packing;
using StripeSandbox.Persistence;

namespace StripeSandbox.Books;

/// <summary>Everything the sandbox knows. Read freely; changed through a <see cref="UnitOfWork"/> only.</summary>
internal sealed class SandboxBooks : IBookReader
{
    private static readonly Type[] Types =
    [
        typeof(PaymentIntent), typeof(SetupIntent), typeof(SetupAttempt), typeof(PaymentMethod), typeof(Customer), typeof(Charge), typeof(Challenge),
        typeof(Refund), typeof(Dispute), typeof(EarlyFraudWarning), typeof(BalanceTransaction), typeof(Event), typeof(WebhookEndpoint),
        typeof(Delivery), typeof(ClockSetting), typeof(Installation),
    ];

    private readonly Lock _gate = new();
    private readonly Lock _clearing = new();
    private readonly Journal _journal;
    private readonly IdIndex _ids;
    private readonly VersionStore _versions = new();
    private readonly CustomerIndex _customers = new();
    private readonly FrozenDictionary<Type, Shelf> _shelves;

    // Two for each time that everything was forgotten: odd while it is being forgotten.
    private long _clearings;

    public SandboxBooks(Journal journal)
    {
        _journal = journal;
        var shelves = Types.Select((_, number) => new Shelf(number, _versions)).ToArray();
        _ids = new IdIndex(shelves);
        _shelves = shelves.ToFrozenDictionary(shelf => Types[shelf.Number]);
    }

    /// <summary>Who has claimed what.</summary>
    public ObjectLocks Locks { get; } = new();

    /// <summary>How long a request waits for an object that another one has claimed.</summary>
    public TimeSpan LockPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Every change, after it has become visible.</summary>
    public event Action<StripeObject>? Changed;

    /// <summary>Everything was forgotten.</summary>
    public event Action? Cleared;

    public T? Find<T>(string id)
        where T : StripeObject =>
        _ids.Find(id) is { } slot ? slot.Shelf.ValueAt(slot.Position) as T : null;

    public Shelf Shelf<T>()
        where T : StripeObject =>
        _shelves[typeof(T)];

    /// <summary>The objects of that type; null for a type that is in no books.</summary>
    public Shelf? ShelfOf(Type type) => _shelves.GetValueOrDefault(type);

    /// <summary>All objects of a type, oldest first.</summary>
    public IEnumerable<T> All<T>()
        where T : StripeObject =>
        Values(_shelves[typeof(T)]).Cast<T>();

    /// <summary>Where the intents or charges of a customer stand.</summary>
    public IPositions PositionsOf<T>(string customer)
        where T : StripeObject =>
        _customers.Of(typeof(T), customer);

    public IEnumerable<StripeObject> Everything() => _shelves.Values.SelectMany(Values);

    /// <summary>Reads what belongs together. What everything was forgotten under, and what failed for it, is read again.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        while (true)
        {
            var before = Volatile.Read(ref _clearings);
            if (long.IsOddInteger(before))
            {
                await Task.Yield();
                continue;
            }

            try
            {
                var found = await read();
                if (Volatile.Read(ref _clearings) == before)
                    return found;
            }
            catch (Exception) when (Volatile.Read(ref _clearings) != before)
            {
                // It saw one half of the old and one of the new.
            }
        }
    }

    internal Slot? SlotOf(string id) => _ids.Find(id);

    /// <summary>Writes a unit of work down, with the answer that goes with it, and then shows it.</summary>
    internal void Commit(IReadOnlyList<StripeObject> changes, KeptAnswer? kept)
    {
        _journal.Append(changes, kept);
        Place(changes);
        foreach (var change in changes)
            Changed?.Invoke(change);
    }

    /// <summary>Shows objects that are written down already.</summary>
    internal void Place(params IReadOnlyList<StripeObject> values)
    {
        // Not while they are cleared: a place without an object would remain.
        lock (_gate)
        {
            _versions.Write(values);
            foreach (var value in values)
                Show(value);
        }
    }

    private void Show(StripeObject value)
    {
        if (_ids.Find(value.Id) is { } slot)
        {
            var previous = CustomerIndex.Knows(value) ? slot.Shelf.ValueAt(slot.Position) : null;
            slot.Shelf.Replace(slot.Position, value);
            _customers.Note(value, previous, slot.Position);
            return;
        }

        var added = _shelves[value.GetType()].Append(value);
        _ids.Add(value.Id, added);
        _customers.Note(value, null, added.Position);
    }

    internal void Clear()
    {
        lock (_clearing)
        {
            Interlocked.Increment(ref _clearings);
            try
            {
                Forget();
                Cleared?.Invoke();
            }
            finally
            {
                Interlocked.Increment(ref _clearings);
            }
        }
    }

    private void Forget()
    {
        lock (_gate)
        {
            _ids.Clear();
            _customers.Clear();
            foreach (var shelf in _shelves.Values)
                shelf.Clear();
            _versions.Clear();
        }
    }

    private static IEnumerable<StripeObject> Values(Shelf shelf)
    {
        for (long position = 0, count = shelf.Count; position < count; position++)
            yield return shelf[position].Value;
    }
}
