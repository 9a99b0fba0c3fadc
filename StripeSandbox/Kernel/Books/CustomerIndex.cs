using System.Collections.Concurrent;
using StripeSandbox.Objects;

namespace StripeSandbox.Books;

/// <summary>
/// Which objects of a type name a customer. An object that named one before stays in its list: whoever reads the list looks at
/// the object too.
/// </summary>
internal sealed class CustomerIndex
{
    private readonly ConcurrentDictionary<(Type Type, string Customer), Positions> _positions = new();

    public IPositions Of(Type type, string customer) => _positions.GetValueOrDefault((type, customer)) ?? Positions.None;

    /// <summary>Notes the object, if it names a customer whom it did not name before.</summary>
    public void Note(StripeObject value, StripeObject? previous, long position)
    {
        if (CustomerOf(value) is { } customer && (previous is null || CustomerOf(previous) != customer))
            _positions.GetOrAdd((value.GetType(), customer), _ => new Positions()).Add(position);
    }

    public void Clear() => _positions.Clear();

    /// <summary>Whether objects of that kind can name a customer.</summary>
    public static bool Knows(StripeObject value) => value is Intent or Charge;

    private static string? CustomerOf(StripeObject value) => value switch
    {
        Intent intent => intent.Customer,
        Charge charge => charge.Customer,
        _ => null,
    };

    private sealed class Positions : IPositions
    {
        public static readonly Positions None = new();

        private readonly Lock _gate = new();
        private readonly List<long> _sorted = [];

        public void Add(long position)
        {
            lock (_gate)
            {
                // Nearly always the newest; an older object that is given its customer later goes where it belongs.
                var index = _sorted.BinarySearch(position);
                if (index < 0)
                    _sorted.Insert(~index, position);
            }
        }

        public long? Before(long position)
        {
            lock (_gate)
            {
                var index = _sorted.BinarySearch(position);
                var older = (index < 0 ? ~index : index) - 1;
                return older >= 0 ? _sorted[older] : null;
            }
        }

        public long? After(long position)
        {
            lock (_gate)
            {
                var index = _sorted.BinarySearch(position);
                var newer = index < 0 ? ~index : index + 1;
                return newer < _sorted.Count ? _sorted[newer] : null;
            }
        }
    }
}
