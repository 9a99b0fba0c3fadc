using System.Globalization;
using Microsoft.Extensions.Options;

namespace PaymentApp.Languages;

/// <summary>The languages that shoppers may choose, and the cultures in which amounts and dates are written for them.</summary>
public sealed class ShopLanguages(IOptions<LanguagesOptions> options)
{
    /// <summary>Where a reader's language is not known, and where nobody's language matters.</summary>
    public static CultureInfo Default { get; } = CultureInfo.GetCultureInfo("en-US");

    /// <summary>What the resource files hold. English is the neutral one, which the others fall back to.</summary>
    public static IReadOnlyList<CultureInfo> Translated { get; } =
        [.. new[] { "en", "de", "fr", "es", "ja" }.Select(code => CultureInfo.GetCultureInfo(code))];

    /// <summary>The languages of the switch, in its order.</summary>
    public IReadOnlyList<CultureInfo> Offered { get; } =
        [.. Translated, .. options.Value.Additional.Select(code => CultureInfo.GetCultureInfo(code))];

    /// <summary>
    /// The offered languages as they are written in each region: who asks for <c>de-CH</c> reads German, with amounts as in
    /// Switzerland.
    /// </summary>
    public IReadOnlyList<CultureInfo> Cultures { get; } =
    [
        .. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => Translated.Any(language => IsOf(culture, language))),
        .. options.Value.Additional.Select(code => CultureInfo.GetCultureInfo(code)),
    ];

    /// <summary>The offered language with this code, or null.</summary>
    public CultureInfo? Find(string? code) =>
        Offered.FirstOrDefault(language => string.Equals(language.Name, code, StringComparison.OrdinalIgnoreCase));

    /// <summary>The offered language that a culture belongs to; English where it is none of them.</summary>
    public CultureInfo LanguageOf(CultureInfo culture) =>
        Offered.LastOrDefault(language => culture.Equals(language) || IsOf(culture, language)) ?? Translated[0];

    private static bool IsOf(CultureInfo culture, CultureInfo language)
    {
        for (; culture.Name.Length > 0; culture = culture.Parent)
        {
            if (culture.Equals(language))
                return true;
        }

        return false;
    }
}
