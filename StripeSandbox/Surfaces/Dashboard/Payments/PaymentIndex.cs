using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard.Payments;

/// <summary>A page of a view, newest first, and where the pages beside it begin.</summary>
internal sealed record PaymentPage(IReadOnlyList<PaymentIntent> Payments, bool HasNewer, bool HasOlder);

/// <summary>
/// Knows of every payment in which state it is: one byte each, so that counting needs no look at the payments and a page of
/// a rare state is found among a million in microseconds. Built when somebody first looks, kept up with every change from then on.
/// </summary>
internal sealed class PaymentIndex(SandboxBooks books)
{
    private readonly Lock gate = new();
    private readonly long[] counts = new long[Enum.GetValues<PaymentState>().Length];
    private byte[] states = [];
    private int length;
    private bool isBuilt;

    public long Count(PaymentView view)
    {
        lock (gate)
        {
            EnsureBuilt();
            return view.States.Sum(state => counts[(int)state]);
        }
    }

    /// <summary>The payments that follow one (older), or precede one (newer); without either, the newest.</summary>
    public PaymentPage Page(PaymentView view, string? after, string? before, int size)
    {
        lock (gate)
        {
            EnsureBuilt();
            var positions = PositionOf(before) is { } newerThan ? Newer(view, newerThan, size) : Older(view, PositionOf(after) ?? length, size);
            return new PaymentPage(
                [.. positions.Select(position => (PaymentIntent)books.Shelf<PaymentIntent>()[position].Value)],
                positions.Count > 0 && Newer(view, positions[0], 1).Count > 0,
                positions.Count > 0 && Older(view, positions[^1], 1).Count > 0);
        }
    }

    private List<int> Older(PaymentView view, int start, int size)
    {
        var found = new List<int>(size);
        for (var position = start; found.Count < size && (position = states.AsSpan(0, position).LastIndexOfAny(view.Bytes)) >= 0;)
            found.Add(position);
        return found;
    }

    private List<int> Newer(PaymentView view, int start, int size)
    {
        var found = new List<int>(size);
        for (var position = start; found.Count < size;)
        {
            var distance = states.AsSpan(position + 1, length - position - 1).IndexOfAny(view.Bytes);
            if (distance < 0)
                break;
            found.Add(position += 1 + distance);
        }

        found.Reverse();
        return found;
    }

    private int? PositionOf(string? id) =>
        id is not null && books.SlotOf(id) is { Value: PaymentIntent } slot && slot.Position < length ? (int)slot.Position : null;

    private void EnsureBuilt()
    {
        if (isBuilt)
            return;
        isBuilt = true;
        books.Changed += Note;
        books.Cleared += Rebuild;
        Rebuild();
    }

    private void Rebuild()
    {
        lock (gate)
        {
            Array.Clear(states);
            Array.Clear(counts);
            length = 0;
            var shelf = books.Shelf<PaymentIntent>();
            for (long position = 0; position < shelf.Count; position++)
                Set(shelf[position]);
        }
    }

    private void Note(StripeObject change)
    {
        if (change is not PaymentIntent)
            return;
        lock (gate)
        {
            // Two changes may arrive here in the wrong order: what counts is how the payment stands now.
            if (books.SlotOf(change.Id) is { } slot)
                Set(slot);
        }
    }

    private void Set(Slot slot)
    {
        var position = (int)slot.Position;
        if (position >= states.Length)
            Array.Resize(ref states, Math.Max(position + 1, Math.Max(1024, states.Length * 2)));
        length = Math.Max(length, position + 1);
        var state = PaymentStates.Of((PaymentIntent)slot.Value);
        counts[states[position]]--;
        counts[(int)state]++;
        states[position] = (byte)state;
    }
}
