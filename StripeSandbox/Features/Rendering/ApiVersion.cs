using System.Globalization;

namespace StripeSandbox.Rendering;

/// <summary>
/// An API version: a date and, since acacia, the name of a release train. What differs between versions for card payments is
/// asked here, and nowhere by date (https://docs.stripe.com/changelog).
/// </summary>
internal sealed record ApiVersion(string Text, DateOnly Date)
{
    /// <summary>The account's version: that of a request without <c>Stripe-Version</c>, and of every event.</summary>
    public static readonly ApiVersion Default = new("2026-10-28.endive", new DateOnly(2026, 10, 28));

    private const string Preview = ".preview";

    private static readonly DateOnly LatestChargeOnly = new(2022, 11, 15);
    private static readonly DateOnly AutomaticMethods = new(2023, 8, 16);
    private static readonly DateOnly AsynchronousCapture = new(2024, 4, 10);
    private static readonly DateOnly AllowedMethodTypes = new(2026, 7, 29);
    private static readonly DateOnly NoMethodTypesInPreview = new(2026, 8, 26);
    private static readonly DateOnly NoMethodTypes = new(2026, 9, 30);

    /// <summary>Whether a PaymentIntent carries its <c>charges</c>, and a charge its <c>refunds</c>, without being asked to.</summary>
    public bool IncludesCharges => Date < LatestChargeOnly;

    /// <summary>Whether an intent that names no types uses automatic payment methods, which may send the shopper away.</summary>
    public bool UsesAutomaticMethods => Date >= AutomaticMethods;

    /// <summary>Whether a capture is asynchronous by default: the balance transaction comes a moment after the charge.</summary>
    public bool CapturesAsynchronously => Date >= AsynchronousCapture;

    public bool HasAllowedMethodTypes => Date >= AllowedMethodTypes;

    /// <summary>Whether <c>payment_method_types</c> can still be written.</summary>
    public bool TakesMethodTypes => Date < (Text.EndsWith(Preview, StringComparison.Ordinal) ? NoMethodTypesInPreview : NoMethodTypes);

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
