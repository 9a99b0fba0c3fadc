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
    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[Enum.GetValues<PaymentState>().Length];
    private byte[] _states = [];
    private int _length;
    private bool _isBuilt;

    public long Count(PaymentView view)
    {
        lock (_gate)
        {
            EnsureBuilt();
            return view.States.Sum(state => _counts[(int)state]);
        }
    }

    /// <summary>The payments that follow one (older), or precede one (newer); without either, the newest.</summary>
    public PaymentPage Page(PaymentView view, string? after, string? before, int size)
    {
        lock (_gate)
        {
            EnsureBuilt();
            var positions = PositionOf(before) is { } newerThan ? Newer(view, newerThan, size) : Older(view, PositionOf(after) ?? _length, size);
            return new PaymentPage(
                [.. positions.Select(position => (PaymentIntent)books.Shelf<PaymentIntent>()[position].Value)],
                positions.Count > 0 && Newer(view, positions[0], 1).Count > 0,
                positions.Count > 0 && Older(view, positions[^1], 1).Count > 0);
        }
    }

    private List<int> Older(PaymentView view, int start, int size)
    {
        var found = new List<int>(size);
        for (var position = start; found.Count < size && (position = _states.AsSpan(0, position).LastIndexOfAny(view.Bytes)) >= 0;)
            found.Add(position);
        return found;
    }

    private List<int> Newer(PaymentView view, int start, int size)
    {
        var found = new List<int>(size);
        for (var position = start; found.Count < size;)
        {
            var distance = _states.AsSpan(position + 1, _length - position - 1).IndexOfAny(view.Bytes);
            if (distance < 0)
                break;
            found.Add(position += 1 + distance);
        }

        found.Reverse();
        return found;
    }

    private int? PositionOf(string? id) =>
        id is not null && books.SlotOf(id) is { Value: PaymentIntent } slot && slot.Position < _length ? (int)slot.Position : null;

    private void EnsureBuilt()
    {
        if (_isBuilt)
            return;
        _isBuilt = true;
        books.Changed += Note;
        books.Cleared += Rebuild;
        Rebuild();
    }

    private void Rebuild()
    {
        lock (_gate)
        {
            Array.Clear(_states);
            Array.Clear(_counts);
            _length = 0;
            var shelf = books.Shelf<PaymentIntent>();
            for (long position = 0; position < shelf.Count; position++)
                Set(shelf[position]);
        }
    }

    private void Note(StripeObject change)
    {
        if (change is not PaymentIntent)
            return;
        lock (_gate)
        {
            // Two changes may arrive here in the wrong order: what counts is how the payment stands now.
            if (books.SlotOf(change.Id) is { } slot)
                Set(slot);
        }
    }

    private void Set(Slot slot)
    {
        var position = (int)slot.Position;
        if (position >= _states.Length)
            Array.Resize(ref _states, Math.Max(position + 1, Math.Max(1024, _states.Length * 2)));
        _length = Math.Max(_length, position + 1);
        var state = PaymentStates.Of((PaymentIntent)slot.Value);
        _counts[_states[position]]--;
        _counts[(int)state]++;
        _states[position] = (byte)state;
    }
}
