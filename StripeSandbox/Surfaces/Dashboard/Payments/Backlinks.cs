using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard.Payments;

/// <summary>
/// Finds what points to an object: its newest pointer, and from each pointer the one before it. Follows the shelf when
/// somebody asks, so that nothing is paid for while nobody does.
/// </summary>
internal sealed class Backlinks<TTarget, TSource>
    where TTarget : StripeObject
    where TSource : StripeObject
{
    private readonly Lock _gate = new();
    private readonly SandboxBooks _books;
    private readonly Func<TSource, string?> _target;
    private long _followed;

    // Positions plus one: zero is nobody.
    private int[] _newest = [];
    private int[] _previous = [];

    public Backlinks(SandboxBooks books, Func<TSource, string?> target)
    {
        _books = books;
        _target = target;
        books.Cleared += Forget;
    }

    /// <summary>What points to that object, newest first.</summary>
    public IReadOnlyList<TSource> To(string id)
    {
        lock (_gate)
        {
            Follow();
            var found = new List<TSource>();
            if (_books.SlotOf(id) is not { Value: TTarget } slot || slot.Position >= _newest.Length)
                return found;
            var shelf = _books.Shelf<TSource>();
            for (var position = _newest[slot.Position] - 1; position >= 0; position = _previous[position] - 1)
                found.Add((TSource)shelf[position].Value);
            return found;
        }
    }

    private void Follow()
    {
        var shelf = _books.Shelf<TSource>();
        for (; _followed < shelf.Count; _followed++)
        {
            if (_target((TSource)shelf[_followed].Value) is not { } id || _books.SlotOf(id) is not { Value: TTarget } slot)
                continue;
            Grow(ref _newest, slot.Position);
            Grow(ref _previous, _followed);
            _previous[_followed] = _newest[slot.Position];
            _newest[slot.Position] = (int)_followed + 1;
        }
    }

    private void Forget()
    {
        lock (_gate)
            (_followed, _newest, _previous) = (0, [], []);
    }

    private static void Grow(ref int[] positions, long needed)
    {
        if (needed >= positions.Length)
            Array.Resize(ref positions, (int)Math.Max(needed + 1, Math.Max(256, positions.Length * 2L)));
    }
}
