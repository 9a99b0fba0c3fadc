namespace PaymentApp.Preferences;

/// <summary>
/// The colours of a page: the system's until a visitor chooses. The server writes the choice into the page, so that it
/// is right from the first paint and without scripts.
/// </summary>
internal static class Theme
{
    public const string Cookie = "theme";

    /// <summary>What <c>prefers-color-scheme</c> says: https://drafts.csswg.org/mediaqueries-5/#prefers-color-scheme.</summary>
    public const string OfTheSystem = "system";

    public const string Light = "light";

    public const string Dark = "dark";

    public static IReadOnlyList<string> Offered { get; } = [OfTheSystem, Light, Dark];

    /// <returns>What the visitor has chosen, or <see cref="OfTheSystem"/>.</returns>
    public static string Of(HttpContext? http) => http?.Request.Cookies[Cookie] is Light or Dark ? http.Request.Cookies[Cookie]! : OfTheSystem;
}
