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
    private readonly Lock gate = new();
    private readonly SandboxBooks books;
    private readonly Func<TSource, string?> target;
    private long followed;

    // Positions plus one: zero is nobody.
    private int[] newest = [];
    private int[] previous = [];

    public Backlinks(SandboxBooks books, Func<TSource, string?> target)
    {
        this.books = books;
        this.target = target;
        books.Cleared += Forget;
    }

    /// <summary>What points to that object, newest first.</summary>
    public IReadOnlyList<TSource> To(string id)
    {
        lock (gate)
        {
            Follow();
            var found = new List<TSource>();
            if (books.SlotOf(id) is not { Value: TTarget } slot || slot.Position >= newest.Length)
                return found;
            var shelf = books.Shelf<TSource>();
            for (var position = newest[slot.Position] - 1; position >= 0; position = previous[position] - 1)
                found.Add((TSource)shelf[position].Value);
            return found;
        }
    }

    private void Follow()
    {
        var shelf = books.Shelf<TSource>();
        for (; followed < shelf.Count; followed++)
        {
            if (target((TSource)shelf[followed].Value) is not { } id || books.SlotOf(id) is not { Value: TTarget } slot)
                continue;
            Grow(ref newest, slot.Position);
            Grow(ref previous, followed);
            previous[followed] = newest[slot.Position];
            newest[slot.Position] = (int)followed + 1;
        }
    }

    private void Forget()
    {
        lock (gate)
            (followed, newest, previous) = (0, [], []);
    }

    private static void Grow(ref int[] positions, long needed)
    {
        if (needed >= positions.Length)
            Array.Resize(ref positions, (int)Math.Max(needed + 1, Math.Max(256, positions.Length * 2L)));
    }
}
