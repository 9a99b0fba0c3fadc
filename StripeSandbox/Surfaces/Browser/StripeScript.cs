using System.Text;

namespace StripeSandbox.Browser;

/// <summary>
/// Stripe.js is one classic script. Ours is written in several files and joined when the sandbox starts, in one function
/// scope, so that the page gets <c>window.Stripe</c> and nothing else. What the frames need too, they import as a module.
/// </summary>
internal static class StripeScript
{
    private static readonly string[] SharedParts = ["locale.js", "urls.js"];

    private static readonly string[] HostParts =
    [
        "errors.js", "frame.js", "api.js", "fonts.js", "element-options.js", "element-events.js", "element-classes.js", "element-frame.js",
        "page-habits.js", "element.js", "elements.js", "challenge.js", "wallet-request.js", "other-methods.js", "stripe.js",
    ];

    // A page that loads the script twice keeps the first one, and with it the elements that it mounted.
    private const string Opening = """
        (() => {
        'use strict';
        const { origin: sandboxOrigin, pathname } = new URL(document.currentScript.src);
        const releaseTrain = /^\/([a-z]+)\/stripe\.js$/.exec(pathname)?.[1];
        if (window.Stripe?.origin === sandboxOrigin) return;

        """;

    private const string SharedExports = "export { languages, resolveLocale, textsFor, translateMessage, absoluteUrls };\n";

    internal static BrowserAsset Compose() => Script(Opening + Shared() + Join("host/", HostParts) + "})();\n");

    internal static BrowserAsset ComposeShared() => Script(Shared() + SharedExports);

    private static string Shared() => $"const languages = {BrowserTexts.AsScript};\n{Join("shared/", SharedParts)}";

    private static string Join(string folder, string[] parts)
    {
        var files = BrowserAsset.LoadAll(folder).ToDictionary(file => file.Path, file => Encoding.UTF8.GetString(file.Asset.Content));
        return string.Concat(parts.Select(part => files[part] + "\n"));
    }

    private static BrowserAsset Script(string text) => new(Encoding.UTF8.GetBytes(text), "text/javascript; charset=utf-8");
}
