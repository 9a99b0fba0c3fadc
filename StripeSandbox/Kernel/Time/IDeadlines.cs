using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace StripeSandbox.Time;

/// <summary>What time changes: the agenda knows when something is due, and leaves to others what then happens.</summary>
internal interface IDeadlines
{
    /// <summary>Unix seconds of the next thing that happens to the object by itself; null when nothing does.</summary>
    long? Of(StripeObject? value);

    /// <summary>Has it happen, if it is still due.</summary>
    void Run(UnitOfWork unit, string id);
}
