using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace PaymentApp.Languages;

/// <summary>Takes the form by which a visitor chooses a language, and leads back to the page that it stood on.</summary>
internal static class LanguageSwitch
{
    public const string Path = "language";

    public const string LanguageField = "language";

    public const string ReturnField = "return";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static RedirectHttpResult Choose(
        HttpContext http, ShopLanguages languages, [FromForm(Name = LanguageField)] string? language, [FromForm(Name = ReturnField)] string? page)
    {
        if (languages.Find(language) is { } chosen)
        {
            http.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen)),
                new CookieOptions
                {
                    Path = "/",
                    MaxAge = Kept,
                    HttpOnly = true,
                    IsEssential = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = http.Request.IsHttps,
                });
        }

        return TypedResults.LocalRedirect(RedirectHttpResult.IsLocalUrl(page) ? page! : "/");
    }
}
