using System.Globalization;
using Microsoft.Extensions.Localization;

namespace PaymentApp.Languages;

/// <summary>The texts of an area, from the resource files that are named like <typeparamref name="T"/>, for the reader of its scope.</summary>
internal sealed class ReaderLocalizer<T>(IStringLocalizerFactory factory, ReaderCulture reader) : IStringLocalizer<T>
{
    private readonly IStringLocalizer _texts = factory.Create(typeof(T));

    public LocalizedString this[string name] => InCulture(() => _texts[name]);

    public LocalizedString this[string name, params object[] arguments] => InCulture(() => _texts[name, arguments]);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        InCulture(() => _texts.GetAllStrings(includeParentCultures).ToList());

    /// <summary>The framework's localizer knows no other culture than the thread's.</summary>
    private TResult InCulture<TResult>(Func<TResult> look)
    {
        var (culture, language) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = reader.Culture;
            return look();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
        }
    }
}
