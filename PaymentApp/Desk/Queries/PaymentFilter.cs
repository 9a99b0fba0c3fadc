using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using PaymentApp.Payments;

namespace PaymentApp.Desk.Queries;

/// <summary>Which payments the desk lists. Its text form is the query of the page's address.</summary>
/// <param name="Days">The days on which the orders were placed.</param>
/// <param name="FailureCode">Why the latest attempt failed, as <see cref="FailureCodes.Of"/> names it.</param>
/// <param name="Email">Where the order's receipt goes.</param>
internal sealed record PaymentFilter(
    DayRange Days, PaymentState? State = null, string? FailureCode = null, Currency? Currency = null, string? Last4 = null, SearchedEmail? Email = null)
{
    /// <summary>Reads the filter of an address; what makes no sense there is left out.</summary>
    public static PaymentFilter Read(
        string? from, string? to, string? state, string? code, string? currency, string? last4, SearchedEmail? email, DateOnly today) => new(
        DayRange.Read(from, to, today),
        Enum.TryParse<PaymentState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
        // PostgreSQL takes no zero.
        code is { Length: > 0 and <= 100 } && !code.Any(char.IsControl) ? code.Trim() : null,
        currency is { Length: 3 } && currency.All(char.IsAsciiLetter) ? Currency.Of(currency) : null,
        last4 is { Length: 4 } && last4.All(char.IsAsciiDigit) ? last4 : null,
        email);

    /// <param name="more">What else belongs to the address, such as the place in the list.</param>
    public string ToQuery(params (string Name, string Value)[] more)
    {
        var query = new QueryBuilder { { "from", Days.From.ToString("O", CultureInfo.InvariantCulture) }, { "to", Days.To.ToString("O", CultureInfo.InvariantCulture) } };
        if (State is { } state)
            query.Add("state", state.ToString());
        if (FailureCode is { } code)
            query.Add("code", code);
        if (Currency is { } currency)
            query.Add("currency", currency.Code);
        if (Last4 is { } last4)
            query.Add("last4", last4);
        if (Email is { } email)
            query.Add("email", email.Token);
        foreach (var (name, value) in more)
            query.Add(name, value);
        return query.ToQueryString().Value!;
    }
}

/// <summary>An e-mail address that payments are looked for by.</summary>
/// <param name="Token">What stands for it in a link.</param>
internal sealed record SearchedEmail(EmailAddress Address, string Token);

/// <summary>Whole days, UTC, both ends included; never more than a year, so that no page of the desk reads the whole ledger.</summary>
public readonly record struct DayRange
{
    public const int MostDays = 366;
    public const int UsualDays = 30;

    public DayRange(DateOnly from, DateOnly to)
    {
        To = to < from ? from : to;
        From = To.DayNumber - from.DayNumber >= MostDays ? To.AddDays(1 - MostDays) : from;
    }

    public DateOnly From { get; }

    public DateOnly To { get; }

    public int Length => To.DayNumber - From.DayNumber + 1;

    /// <summary>The first day as days since 1970.</summary>
    public int FirstDay => From.DayNumber - Epoch.DayNumber;

    /// <summary>The last day as days since 1970.</summary>
    public int LastDay => To.DayNumber - Epoch.DayNumber;

    /// <summary>The smallest <see cref="PlacedKey"/> within.</summary>
    public long FirstKey => PlacedKey.FirstAt(From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));

    /// <summary>The smallest <see cref="PlacedKey"/> after.</summary>
    public long EndKey => PlacedKey.FirstAt(To.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));

    private static DateOnly Epoch => DateOnly.FromDateTime(DateTime.UnixEpoch);

    /// <summary>The days of an address; without any the last thirty.</summary>
    public static DayRange Read(string? from, string? to, DateOnly today)
    {
        var last = Parse(to) ?? today;
        return new DayRange(Parse(from) ?? last.AddDays(1 - UsualDays), last);
    }

    /// <summary>As many days as the desk shows at once, up to this one.</summary>
    public static DayRange LongestUntil(DateOnly day) => new(day.AddDays(1 - MostDays), day);

    public static DateOnly DayOf(int daysSinceEpoch) => Epoch.AddDays(daysSinceEpoch);

    // Outside these a key would not fit, and no order was placed.
    private static DateOnly? Parse(string? text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and <= 2200 ? day : null;
}

/// <summary>
/// Orders payments by the time at which their orders were placed: milliseconds since 1970 and, behind them, bits of the
/// order's id that tell those of one millisecond apart.
/// </summary>
internal static class PlacedKey
{
    public const int IdBits = 20;

    /// <param name="placedAt">UTC.</param>
    public static long Of(DateTime placedAt, OrderId order) =>
        FirstAt(placedAt) | (long.Parse(order.Value.AsSpan(0, IdBits / 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & ((1L << IdBits) - 1));

    public static long FirstAt(DateTime moment) => (moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond << IdBits;

    /// <summary>When the order of a key was placed, UTC, to the millisecond.</summary>
    public static DateTime MomentOf(long key) => DateTime.UnixEpoch.AddMilliseconds(key >> IdBits);
}

/// <summary>The one code that says most about a failure.</summary>
internal static class FailureCodes
{
    /// <summary>The bank's decline code where Stripe's own says only that the card was declined.</summary>
    public static string? Of(string? code, string? declineCode) => code is null or "card_declined" ? declineCode ?? code : code;
}
