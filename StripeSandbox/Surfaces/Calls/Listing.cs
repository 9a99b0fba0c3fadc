using System.Globalization;
using StripeSandbox.Books;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Calls;

/// <summary>
/// Pages of objects, newest first (https://docs.stripe.com/api/pagination). A cursor leads straight to its place, so a page
/// takes as long among a million objects as among ten.
/// </summary>
internal static class Listing
{
    private const int MaxLimit = 100;
    private const int DefaultLimit = 10;

    public static readonly ParameterSet Parameters = new(
        Parameter.Integer("limit"), Parameter.Text("starting_after"), Parameter.Text("ending_before"), Parameter.Open("created"));

    /// <summary>Lists a type's objects, those that the filter keeps.</summary>
    public static Func<UnitOfWork, Reply> Prepare<T>(ApiCall call, Func<T, bool>? filter = null)
        where T : StripeObject =>
        Prepare(call, unit => unit.Books.Shelf<T>(), filter);

    /// <summary>Lists a customer's intents or charges, those that the filter keeps.</summary>
    public static Func<UnitOfWork, Reply> OfCustomer<T>(ApiCall call, string customer, Func<T, bool> filter)
        where T : StripeObject =>
        Prepare(call, unit => unit.Books.PositionsOf<T>(customer), filter);

    private static Func<UnitOfWork, Reply> Prepare<T>(ApiCall call, Func<UnitOfWork, IPositions> find, Func<T, bool>? filter)
        where T : StripeObject
    {
        var limit = Limit(call.Form);
        var created = CreatedRange.Read(call.Form["created"]);
        return unit =>
        {
            var (after, before) = Cursors<T>(unit, call.Form);
            var (shelf, positions) = (unit.Books.Shelf<T>(), find(unit));
            var found = new List<T>(limit + 1);
            if (before is { } cursor)
            {
                for (var next = positions.After(cursor); next is { } position && found.Count <= limit; next = positions.After(position))
                    Consider(position);
            }
            else
            {
                for (var next = positions.Before(after ?? long.MaxValue); next is { } position && found.Count <= limit; next = positions.Before(position))
                {
                    // Objects stand in the order of their creation: what is older than the range ends the search.
                    if (!Consider(position))
                        break;
                }
            }

            var hasMore = found.Count > limit;
            if (hasMore)
                found.RemoveAt(limit);
            if (before is not null)
                found.Reverse();
            return new ListReply([.. found], hasMore, call.Path);

            bool Consider(long position)
            {
                if (shelf.ValueAt(position) is not T value)
                    return false;
                if (created.Contains(value.Created) && filter?.Invoke(value) != false)
                    found.Add(value);
                return value.Created >= created.From;
            }
        };
    }

    /// <summary>Lists objects that are already at hand, newest first.</summary>
    public static Func<UnitOfWork, Reply> Prepare<T>(ApiCall call, Func<UnitOfWork, IReadOnlyList<T>> find)
        where T : StripeObject
    {
        var limit = Limit(call.Form);
        var created = CreatedRange.Read(call.Form["created"]);
        return unit =>
        {
            var (after, before) = Cursors<T>(unit, call.Form);
            var found = find(unit)
                .Where(value => created.Contains(value.Created))
                .Where(value => (after is null || Position(value) < after) && (before is null || Position(value) > before))
                .ToList();
            var page = before is null ? found.Take(limit) : found.TakeLast(limit);
            return new ListReply([.. page], found.Count > limit, call.Path);

            long? Position(T value) => unit.Books.SlotOf(value.Id)?.Position;
        };
    }

    /// <exception cref="Refusal">The page would begin at two ends.</exception>
    private static int Limit(FormNode form) => form.Has("starting_after") && form.Has("ending_before")
        ? throw ParameterErrors.OnlyOneOf("starting_after", "ending_before")
        : (int)Math.Clamp(form.Integer("limit") ?? DefaultLimit, 1, MaxLimit);

    private static (long? After, long? Before) Cursors<T>(UnitOfWork unit, FormNode form)
        where T : StripeObject
    {
        return (Find("starting_after"), Find("ending_before"));

        long? Find(string name) =>
            form.Text(name) is not { } id ? null
            : unit.Books.SlotOf(id) is { Value: T } slot ? slot.Position
            : throw ParameterErrors.NoSuchNamed(ObjectNames.Of<T>(), id, name);
    }

    private readonly record struct CreatedRange(long From, long To)
    {
        public bool Contains(long created) => created >= From && created <= To;

        public static CreatedRange Read(FormNode? form)
        {
            if (form is null)
                return new(long.MinValue, long.MaxValue);
            if (form.Text is { } exact)
                return Parse(exact, "created") is var second ? new(second, second) : default;
            var (from, to) = (long.MinValue, long.MaxValue);
            foreach (var (name, node) in form.Children)
            {
                var bound = Parse(node.Text ?? "", $"created[{name}]");
                (from, to) = name switch
                {
                    "gt" => (Math.Max(from, bound + 1), to),
                    "gte" => (Math.Max(from, bound), to),
                    "lt" => (from, Math.Min(to, bound - 1)),
                    "lte" => (from, Math.Min(to, bound)),
                    _ => throw ParameterErrors.UnknownParameters([$"created[{name}]"]),
                };
            }

            return new(from, to);
        }

        private static long Parse(string text, string name) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var second) ? second : throw ParameterErrors.InvalidInteger(text, name);
    }
}
