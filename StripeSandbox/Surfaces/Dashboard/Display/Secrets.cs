using System.Buffers;
using System.Text.RegularExpressions;
using StripeSandbox.Cards;
using StripeSandbox.Guard;

namespace StripeSandbox.Dashboard.Display;

/// <summary>Keeps card numbers, keys and client secrets out of what the dashboard keeps and shows.</summary>
internal sealed partial class Secrets(SandboxKeys keys)
{
    public const string Hidden = "••••";

    private const int ShortestNumber = 12;

    /// <summary>What each key and secret has in it.</summary>
    private static readonly SearchValues<string> Marks = SearchValues.Create(["_secret_", "whsec_", "k_test_", "k_live_"], StringComparison.Ordinal);

    /// <summary>The text with everything hidden that nobody may read again.</summary>
    public string Mask(string text)
    {
        if (text.Length < 8)
            return text;
        var masked = CardNumbers().Replace(KeysAndSecrets().Replace(text, "$1" + Hidden), match => MaskNumber(match.Value));
        return MaskKey(MaskKey(masked, keys.Secret), keys.Publishable);
    }

    /// <summary>Whether <see cref="Mask"/> would hide something.</summary>
    public bool IsIn(string text) =>
        text.Length >= 8
        && ((text.AsSpan().ContainsAny(Marks) && KeysAndSecrets().IsMatch(text)) || (HasDigits(text) && CardNumbers().IsMatch(text))
            || text.Contains(keys.Secret, StringComparison.Ordinal) || text.Contains(keys.Publishable, StringComparison.Ordinal));

    /// <summary>What may be seen of a field that holds a card number: its last four digits.</summary>
    public static string LastFour(string number) => number.Length >= 12 ? $"{Hidden} {number[^4..]}" : Hidden;

    // Every text of every request passes here: what is quickly seen to be harmless needs no pattern.
    private static bool HasDigits(string text)
    {
        var digits = 0;
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter) && ++digits == ShortestNumber)
                return true;
        }

        return false;
    }

    private static string MaskKey(string text, string key) => key.Length < 8 ? text : text.Replace(key, Hidden, StringComparison.Ordinal);

    private static string MaskNumber(string text) =>
        CardNumber.Digits(text) is { } digits && CardNumber.PassesLuhn(digits) ? LastFour(digits) : text;

    [GeneratedRegex("(_secret_|whsec_|[srp]k_(?:test|live)_)[A-Za-z0-9_]+")]
    private static partial Regex KeysAndSecrets();

    [GeneratedRegex(@"(?<!\d)\d(?:[ -]?\d){11,18}(?!\d)")]
    private static partial Regex CardNumbers();
}
