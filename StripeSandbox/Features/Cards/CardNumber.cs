namespace StripeSandbox.Cards;

/// <summary>The checks that a typed card number must pass.</summary>
internal static class CardNumber
{
    /// <summary>The digits, without the blanks and dashes that people type; null when anything else is in it.</summary>
    public static string? Digits(string typed)
    {
        Span<char> digits = stackalloc char[24];
        var count = 0;
        foreach (var letter in typed)
        {
            if (letter is ' ' or '-')
                continue;
            if (!char.IsAsciiDigit(letter) || count == digits.Length)
                return null;
            digits[count++] = letter;
        }

        return count is >= 12 and <= 19 ? new string(digits[..count]) : null;
    }

    public static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1 && (digit *= 2) > 9)
                digit -= 9;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
