using StripeSandbox.Errors;

namespace StripeSandbox.Cards;

/// <summary>The checks that a card's expiry must pass.</summary>
internal static class CardExpiry
{
    private const int MaxYearsAhead = 50;

    /// <exception cref="Refusal">There is no such month or year, or it is over (402).</exception>
    public static (int Month, int Year) Require(DateTimeOffset now, long? givenMonth, long? givenYear)
    {
        if (givenMonth is not { } month || month is < 1 or > 12)
            throw Refusal.CardError("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
        var year = givenYear is >= 0 and < 100 ? givenYear + 2000 : givenYear;
        if (year is not { } fullYear || fullYear < now.Year || fullYear > now.Year + MaxYearsAhead)
            throw Refusal.CardError("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
        if (fullYear == now.Year && month < now.Month)
            throw Refusal.CardError("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
        return ((int)month, (int)fullYear);
    }
}
