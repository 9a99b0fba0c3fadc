using System.Globalization;

namespace StripeSandbox.Api;

/// <summary>An API version: a date and, since acacia, the name of a release train.</summary>
internal sealed record ApiVersion(string Text, DateOnly Date)
{
    /// <summary>The version that a request without <c>Stripe-Version</c> gets.</summary>
    public static readonly ApiVersion Default = new("2026-07-29.dahlia", new DateOnly(2026, 7, 29));

    private static readonly DateOnly Endive = new(2026, 9, 30);

    /// <summary>From here on <c>payment_method_types</c> is refused and <c>allowed_payment_method_types</c> known.</summary>
    public bool IsEndiveOrLater => Date >= Endive;

    public static ApiVersion? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text == Default.Text)
            return Default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var date = dot < 0 ? text : text[..dot];
        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.')
            ? new ApiVersion(text, parsed)
            : null;
    }
}
