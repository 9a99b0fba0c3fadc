using System.Text;
using System.Text.RegularExpressions;

namespace StripeSandbox.Browser;

/// <summary>
/// The Content-Security-Policy of the frames. They run only what this origin serves and call only it; any shop may embed
/// them, which is what they are for. The card's frame is opened to the origins of the fonts that its address names.
/// </summary>
internal static partial class FramePolicy
{
    private const string Common =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors *";

    /// <param name="query"><c>font</c>: an origin of font files, or <c>data:</c>; <c>css</c>: an origin of stylesheets with fonts.</param>
    public static string For(IQueryCollection query)
    {
        var stylesheets = Sources(query["css"]);
        var fonts = Sources(query["font"]);
        var policy = new StringBuilder(Common).Append("; connect-src 'self'").Append(stylesheets);
        // Where the files of a stylesheet lie is not known before it was read.
        var files = stylesheets.Length > 0 ? $"{fonts}{stylesheets} https: data:" : fonts;
        if (files.Length > 0) policy.Append("; font-src").Append(files);
        return policy.ToString();
    }

    private static string Sources(IEnumerable<string?> named) =>
        string.Concat(named.Where(source => source is not null && Source().IsMatch(source)).Distinct().Select(source => $" {source}"));

    [GeneratedRegex(@"\A(data:|https?://[a-z0-9.:\[\]-]+)\z")]
    private static partial Regex Source();
}
