using System.Text;

namespace StripeSandbox.Browser;

/// <summary>
/// Stripe.js is one classic script. Ours is written in several files and joined when the sandbox starts, in one function
/// scope, so that the page gets <c>window.Stripe</c> and nothing else.
/// </summary>
internal static class StripeScript
{
    private static readonly string[] Parts =
        ["errors.js", "frame.js", "api.js", "element-options.js", "element.js", "elements.js", "challenge.js", "stripe.js"];

    // A page that loads the script twice keeps the first one, and with it the elements that it mounted.
    private const string Opening = """
        (() => {
        'use strict';
        const sandboxOrigin = new URL(document.currentScript.src).origin;
        if (window.Stripe?.origin === sandboxOrigin) return;

        """;

    internal static BrowserAsset Compose()
    {
        var files = BrowserAsset.LoadAll("host/").ToDictionary(file => file.Path, file => Encoding.UTF8.GetString(file.Asset.Content));
        var script = new StringBuilder(Opening);
        foreach (var part in Parts) script.Append(files[part]).Append('\n');
        return new BrowserAsset(Encoding.UTF8.GetBytes(script.Append("})();\n").ToString()), "text/javascript; charset=utf-8");
    }
}
