using System.Globalization;
using StripeSandbox.Books;
using StripeSandbox.Dashboard.Payments;
using StripeSandbox.Money;
using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard.Search;

/// <summary>What a search found, newest first.</summary>
/// <param name="Payments">One page of it.</param>
/// <param name="Older">The payment after which the search goes on; null when it went through all.</param>
internal sealed record PaymentsFound(IReadOnlyList<PaymentIntent> Payments, string? Older);

/// <summary>
/// Finds payments as people ask for them: by an id of anything that belongs to them, amount, last four digits, e-mail, description or
/// metadata. Several words have to fit all. Looks at a limited number at a time: nobody waits for a million.
/// </summary>
internal sealed class PaymentSearch(SandboxBooks books, PaymentHistory history)
{
    /// <summary>How many payments one search looks at.</summary>
    public const int Reach = 50_000;

    /// <param name="query">Words, separated by spaces.</param>
    /// <param name="after">The payment after which to go on.</param>
    /// <param name="size">How many a page holds.</param>
    public PaymentsFound Find(string query, string? after, int size)
    {
        var words = query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var shelf = books.Shelf<PaymentIntent>();
        var start = after is not null && books.SlotOf(after) is { Value: PaymentIntent } slot ? slot.Position : shelf.Count;
        var found = new List<PaymentIntent>(size);
        var position = start - 1;
        for (; position >= 0 && start - position <= Reach && found.Count < size; position--)
        {
            var intent = (PaymentIntent)shelf[position].Value;
            if (Array.TrueForAll(words, word => Fits(intent, word)))
                found.Add(intent);
        }

        return new PaymentsFound(found, position < 0 ? null : shelf[position + 1].Value.Id);
    }

    private bool Fits(PaymentIntent intent, string word) =>
        IsOf(intent, word) || IsAmount(intent, word) || history.MethodOf(intent)?.Last4 == word || IsEmail(intent, word)
        || Contains(intent.Description, word) || intent.Metadata.Entries.Any(entry => IsMetadata(entry, word));

    private bool IsOf(PaymentIntent intent, string id)
    {
        if (intent.Id == id || intent.PaymentMethod == id || intent.Customer == id || intent.Charges.Contains(id))
            return true;
        return books.SlotOf(id)?.Value switch
        {
            Event happened => PaymentHistory.IntentOf(happened.Object) == intent.Id,
            PaymentMethod method => method.UsedBy == intent.Id || history.MethodOf(intent)?.Id == id,
            Challenge challenge => challenge.Intent == intent.Id,
            BalanceTransaction entry => intent.Charges.Select(books.Find<Charge>).Any(charge => charge?.BalanceTransaction == entry.Id),
            { } other => PaymentHistory.IntentOf(other) == intent.Id,
            null => false,
        };
    }

    // 19.99 and $19.99 as it is shown, 1999 as the API has it.
    private static bool IsAmount(PaymentIntent intent, string word)
    {
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var minor) && minor == intent.Amount)
            return true;
        var shown = Currencies.Format(intent.Currency, intent.Amount);
        var number = shown[shown.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])..];
        return word.Equals(shown, StringComparison.OrdinalIgnoreCase)
            || word.Replace(",", "", StringComparison.Ordinal) == number.Replace(",", "", StringComparison.Ordinal);
    }

    private bool IsEmail(PaymentIntent intent, string word) =>
        word.Contains('@', StringComparison.Ordinal)
        && (Contains(intent.ReceiptEmail, word) || Contains(history.MethodOf(intent)?.BillingDetails.Email, word)
            || (intent.Customer is { } customer && Contains(books.Find<Customer>(customer)?.Email, word)));

    private static bool IsMetadata(KeyValuePair<string, string> entry, string word) =>
        entry.Value.Equals(word, StringComparison.OrdinalIgnoreCase)
        || word.Equals($"{entry.Key}:{entry.Value}", StringComparison.OrdinalIgnoreCase)
        || word.Equals($"{entry.Key}={entry.Value}", StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
