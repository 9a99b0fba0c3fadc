using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>
/// Numbers that the card network and the risk rules would have given to a charge. They follow from its id: the same
/// whenever it is read, and not worth being kept.
/// </summary>
internal static class NetworkFigures
{
    private const int PrefixLength = 3;

    public static string AuthorizationCode(Charge charge) => Digits(charge.Id.AsSpan(^6..));

    public static string TransactionId(Charge charge) => Digits(charge.Id.AsSpan(PrefixLength, 15));

    /// <summary>From 0 to 99, in the range of the charge's risk level.</summary>
    public static int RiskScore(Charge charge) => charge.Outcome.RiskLevel switch
    {
        "highest" => 75 + Below(charge, 25),
        "elevated" => 65 + Below(charge, 10),
        _ => Below(charge, 65),
    };

    private static string Digits(ReadOnlySpan<char> letters)
    {
        Span<char> digits = stackalloc char[letters.Length];
        for (var i = 0; i < letters.Length; i++)
            digits[i] = (char)('0' + letters[i] % 10);
        return new string(digits);
    }

    private static int Below(Charge charge, int limit)
    {
        var sum = 0;
        foreach (var letter in charge.Id)
            sum += letter;
        return sum % limit;
    }
}
