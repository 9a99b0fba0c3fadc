using System.Text.Encodings.Web;

namespace StripeSandbox.Browser;

/// <summary>
/// Where <c>redirect_to_url</c> leads: the bank asks on a page of its own and sends the shopper back
/// (https://docs.stripe.com/payments/3d-secure/authentication-flow).
/// </summary>
internal static class BankPage
{
    public static Task ShowAsync(HttpContext context)
    {
        var source = HtmlEncoder.Default.Encode(context.Request.RouteValues["id"] as string ?? "");
        var secret = HtmlEncoder.Default.Encode(context.Request.Query["client_secret"].ToString());
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.Vary = "Accept-Language";
        var language = BrowserTexts.LanguageFor(context.Request);
        // A SetupIntent asks for a card to be saved, not for money.
        var subject = secret.StartsWith("seti_", StringComparison.Ordinal) ? "setup_" : "";
        string Text(string key) => HtmlEncoder.Default.Encode(BrowserTexts.Text(language, "bank", key));
        return response.WriteAsync($"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text("title")}</title>
            <link rel="stylesheet" href="/v3/challenge/bank.css">
            </head>
            <body class="alone">
            <main>
            <div class="brand"><span>Sandbox Bank</span><span class="badge">{Text("test")}</span></div>
            <h1>{Text(subject + "question")}</h1>
            <form class="choices" method="post" action="/three-ds/{source}/return">
            <input type="hidden" name="client_secret" value="{secret}">
            <button id="test-source-authorize-3ds" name="outcome" value="succeed">{Text("complete")}</button>
            <button id="test-source-fail-3ds" name="outcome" value="fail">{Text("fail")}</button>
            </form>
            <p class="note">{Text(subject + "note")}</p>
            </main>
            </body>
            </html>
            """, context.RequestAborted);
    }
}
