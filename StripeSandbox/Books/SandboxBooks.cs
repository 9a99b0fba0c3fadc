using System.Collections.Concurrent;
using System.Collections.Frozen;
using StripeSandbox.Objects;

namespace StripeSandbox.Books;

/// <summary>Everything the sandbox knows. Read freely; changed through a <see cref="UnitOfWork"/> only.</summary>
internal sealed class SandboxBooks : IBookReader
{
    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<Type, Shelf> shelves = new[]
    {
        typeof(PaymentIntent), typeof(PaymentMethod), typeof(Charge), typeof(Challenge), typeof(Event),
    }.ToFrozenDictionary(type => type, _ => new Shelf());

    /// <summary>Every change, after it has become visible.</summary>
    public event Action<StripeObject>? Changed;

    public T? Find<T>(string id)
        where T : StripeObject =>
        slots.TryGetValue(id, out var slot) ? slot.Value as T : null;

    public Shelf Shelf<T>()
        where T : StripeObject =>
        shelves[typeof(T)];

    /// <summary>All objects of a type, oldest first.</summary>
    public IEnumerable<T> All<T>()
        where T : StripeObject
    {
        var shelf = Shelf<T>();
        for (long position = 0, count = shelf.Count; position < count; position++)
            yield return (T)shelf[position].Value;
    }

    internal Slot? SlotOf(string id) => slots.GetValueOrDefault(id);

    internal void Place(StripeObject value)
    {
        if (slots.TryGetValue(value.Id, out var slot))
            slot.Value = value;
        else
            shelves[value.GetType()].Append(position => slots[value.Id] = new Slot(value, position));
        Changed?.Invoke(value);
    }
}
