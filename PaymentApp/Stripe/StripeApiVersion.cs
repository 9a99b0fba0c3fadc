using System.Globalization;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>
/// A version of Stripe's API: a date and, since acacia, the release train that it belongs to.
/// https://docs.stripe.com/api/versioning.
/// </summary>
internal sealed record StripeApiVersion(string Text, DateOnly Date, string? Train)
{
    // The oldest train that has a name: what came before it has no Stripe.js of its own.
    private const string OldestTrain = "acacia";

    /// <summary>The version that Stripe.net speaks, whose objects its classes describe.</summary>
    public static StripeApiVersion OfClient { get; } = Parse(StripeConfiguration.ApiVersion)
        ?? throw new FormatException($"Stripe.net speaks a version of unknown form: {StripeConfiguration.ApiVersion}");

    /// <summary>Whether it is one of the previews, which change without notice.</summary>
    public bool IsPreview => Train is "preview";

    /// <summary>Where Stripe serves the Stripe.js of this version: https://docs.stripe.com/sdks/stripejs-versioning.</summary>
    public string StripeJsPath => $"/{Train ?? OldestTrain}/stripe.js";

    /// <summary>Reads <c>2026-08-26.dahlia</c> or <c>2024-06-20</c>; null where it is neither.</summary>
    public static StripeApiVersion? Parse(string text)
    {
        var (day, train) = text.Split('.', 2) is [var before, var after] ? (before, after) : (text, null);
        return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && (train is null || (train.Length > 0 && train.All(char.IsAsciiLetterLower)))
            ? new StripeApiVersion(text, date, train)
            : null;
    }

    public override string ToString() => Text;
}
