using StripeSandbox.Objects;

namespace StripeSandbox.Books;

/// <summary>The place of one object: a shelf, and where the object stands among those of its type, oldest first.</summary>
internal readonly record struct Slot(Shelf Shelf, long Position)
{
    /// <summary>The object's current record.</summary>
    public StripeObject Value => Shelf.ValueAt(Position) ?? throw new InvalidOperationException("The books were cleared meanwhile.");
}
