using System.Globalization;

namespace PaymentApp.Checkout;

/// <summary>The locale that Stripe.js is given, so that card fields and their messages speak the page's language.</summary>
internal static class StripeLocale
{
    // Of https://docs.stripe.com/js/appendix/supported_locales those that differ from their language's.
    private static readonly string[] Regional = ["en-GB", "es-419", "fr-CA", "pt-BR", "zh-HK", "zh-TW"];

    /// <summary>Stripe.js takes English in place of a locale that it does not know.</summary>
    public static string Of(CultureInfo culture) => Regional.Contains(culture.Name) ? culture.Name : culture.TwoLetterISOLanguageName;
}
