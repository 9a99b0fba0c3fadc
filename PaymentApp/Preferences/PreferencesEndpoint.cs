using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using PaymentApp.Languages;

namespace PaymentApp.Preferences;

/// <summary>
/// Takes the form by which a visitor chooses a language and a theme, keeps both in cookies, and leads back to the page
/// that the form stood on. What the form leaves out, or nobody offers, stays as it is.
/// </summary>
internal static class PreferencesEndpoint
{
    public const string Path = "preferences";

    public const string LanguageField = "language";

    public const string ThemeField = "theme";

    public const string ReturnField = "return";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static RedirectHttpResult Choose(
        HttpContext http,
        ShopLanguages languages,
        [FromForm(Name = LanguageField)] string? language,
        [FromForm(Name = ThemeField)] string? theme,
        [FromForm(Name = ReturnField)] string? page)
    {
        if (languages.Find(language) is { } chosen)
            Keep(http, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen)));
        if (theme == Theme.OfTheSystem)
            http.Response.Cookies.Delete(Theme.Cookie, Lasting(http, null));
        else if (theme is Theme.Light or Theme.Dark)
            Keep(http, Theme.Cookie, theme);
        // The form holds an escaped address; anything else does not fit into a header.
        return TypedResults.LocalRedirect(RedirectHttpResult.IsLocalUrl(page) && Ascii.IsValid(page) ? page! : "/");
    }

    private static void Keep(HttpContext http, string cookie, string value) => http.Response.Cookies.Append(cookie, value, Lasting(http, Kept));

    private static CookieOptions Lasting(HttpContext http, TimeSpan? time) => new()
    {
        Path = "/",
        MaxAge = time,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    };
}
