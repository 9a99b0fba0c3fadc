using System.Globalization;

namespace PaymentApp.Languages;

/// <summary>
/// The culture of whoever reads what a scope writes: of a page the request's, of a circuit the page's that opened it, and of
/// a mail its order's. A circuit is also called by others, such as a webhook that moved its order, whose thread has another
/// culture: what shoppers read is therefore never written by <see cref="CultureInfo.CurrentCulture"/>.
/// </summary>
public sealed class ReaderCulture
{
    /// <summary>Decides language and formats. Unless somebody knows better, it is that of the scope's beginning.</summary>
    public CultureInfo Culture { get; private set; } = CultureInfo.CurrentCulture;

    /// <summary>Which way its text runs, as HTML's <c>dir</c>.</summary>
    public string Direction => Culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>Has everything in this scope written for a reader of another culture.</summary>
    /// <param name="name">The culture's name, such as <c>de-CH</c>; null leaves it as it is.</param>
    /// <exception cref="CultureNotFoundException">There is no such culture.</exception>
    public void Use(string? name)
    {
        if (name is not null)
            Culture = CultureInfo.GetCultureInfo(name);
    }
}
