using System.Collections.Frozen;
using StripeSandbox.Idempotency;
using StripeSandbox.Objects;
using StripeSandbox.Persistence;

namespace StripeSandbox.Books;

/// <summary>Everything the sandbox knows. Read freely; changed through a <see cref="UnitOfWork"/> only.</summary>
internal sealed class SandboxBooks(Journal journal) : IBookReader
{
    private readonly IdIndex slots = new();
    private readonly FrozenDictionary<Type, Shelf> shelves = new[]
    {
        typeof(PaymentIntent), typeof(SetupIntent), typeof(SetupAttempt), typeof(PaymentMethod), typeof(Customer), typeof(Charge), typeof(Challenge),
        typeof(Refund), typeof(Dispute), typeof(EarlyFraudWarning), typeof(BalanceTransaction), typeof(Event), typeof(WebhookEndpoint),
        typeof(Delivery), typeof(ClockSetting), typeof(Installation),
    }.ToFrozenDictionary(type => type, _ => new Shelf());

    /// <summary>How long a request waits for an object that another one has claimed.</summary>
    public TimeSpan LockPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Every change, after it has become visible.</summary>
    public event Action<StripeObject>? Changed;

    /// <summary>Everything was forgotten.</summary>
    public event Action? Cleared;

    public T? Find<T>(string id)
        where T : StripeObject =>
        slots.Find(id)?.Value as T;

    public Shelf Shelf<T>()
        where T : StripeObject =>
        shelves[typeof(T)];

    /// <summary>The objects of that type; null for a type that is in no books.</summary>
    public Shelf? ShelfOf(Type type) => shelves.GetValueOrDefault(type);

    /// <summary>All objects of a type, oldest first.</summary>
    public IEnumerable<T> All<T>()
        where T : StripeObject =>
        Values(shelves[typeof(T)]).Cast<T>();

    public IEnumerable<StripeObject> Everything() => shelves.Values.SelectMany(Values);

    internal Slot? SlotOf(string id) => slots.Find(id);

    /// <summary>Writes a unit of work down, with the answer that goes with it, and then shows it.</summary>
    internal void Commit(IReadOnlyList<StripeObject> changes, KeptAnswer? kept)
    {
        journal.Append(changes, kept);
        foreach (var change in changes)
            Place(change);
        foreach (var change in changes)
            Changed?.Invoke(change);
    }

    internal void Place(StripeObject value)
    {
        if (slots.Find(value.Id) is { } slot)
            slot.Value = value;
        else
            slots.Add(shelves[value.GetType()].Append(value));
    }

    internal void Clear()
    {
        slots.Clear();
        foreach (var shelf in shelves.Values)
            shelf.Clear();
        Cleared?.Invoke();
    }

    private static IEnumerable<StripeObject> Values(Shelf shelf)
    {
        for (long position = 0, count = shelf.Count; position < count; position++)
            yield return shelf[position].Value;
    }
}
