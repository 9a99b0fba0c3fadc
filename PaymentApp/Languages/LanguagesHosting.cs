using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace PaymentApp.Languages;

/// <summary>
/// Wires the shoppers' languages: a visitor's cookie decides, then what the browser asks for, then English.
/// https://learn.microsoft.com/aspnet/core/fundamentals/localization.
/// </summary>
internal static class LanguagesHosting
{
    // Browsers list a language with and without its region.
    private const int AcceptedLanguages = 10;

    public static void AddLanguages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<LanguagesOptions>().BindConfiguration(LanguagesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddLanguages();
    }

    public static IServiceCollection AddLanguages(this IServiceCollection services) => services
        .AddLocalization()
        .AddSingleton<ShopLanguages>()
        .AddScoped<ReaderCulture>()
        .AddScoped(typeof(IStringLocalizer<>), typeof(ReaderLocalizer<>));

    /// <param name="app">What answers.</param>
    /// <param name="english">Below this path everything is English, whoever asks.</param>
    public static void UseLanguages(this WebApplication app, PathString english)
    {
        var cultures = app.Services.GetRequiredService<ShopLanguages>().Cultures.ToList();
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(ShopLanguages.Default),
            SupportedCultures = cultures,
            SupportedUICultures = cultures,
            RequestCultureProviders =
            [
                new CustomRequestCultureProvider(http => Task.FromResult(
                    http.Request.Path.StartsWithSegments(english, StringComparison.OrdinalIgnoreCase) ? new ProviderCultureResult(ShopLanguages.Default.Name) : null)),
                new CookieRequestCultureProvider(),
                new AcceptLanguageHeaderRequestCultureProvider { MaximumAcceptLanguageHeaderValuesToTry = AcceptedLanguages },
            ],
        });
        app.Use(static (context, next) =>
        {
            // Later the thread's culture is not the request's any more.
            var language = CultureInfo.CurrentUICulture.Name;
            context.Response.OnStarting(
                static state =>
                {
                    var (response, language) = ((HttpResponse, string))state;
                    NameLanguage(response, language);
                    return Task.CompletedTask;
                },
                (context.Response, language));
            return next(context);
        });
    }

    private static void NameLanguage(HttpResponse response, string language)
    {
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true)
            return;

        response.Headers.ContentLanguage = language;
        response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptLanguage, HeaderNames.Cookie);
    }
}
