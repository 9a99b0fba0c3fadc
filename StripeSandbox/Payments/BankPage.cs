using System.Text.Encodings.Web;

namespace StripeSandbox.Payments;

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
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.WriteAsync($"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>3D Secure 2 Test Page</title></head>
            <body>
            <h1>3D Secure 2 Test Page</h1>
            <p>This is a test bank. Complete or fail the authentication to see what follows.</p>
            <form method="post" action="/three-ds/{source}/return">
            <input type="hidden" name="client_secret" value="{secret}">
            <button id="test-source-authorize-3ds" name="outcome" value="succeed">Complete</button>
            <button id="test-source-fail-3ds" name="outcome" value="fail">Fail</button>
            </form>
            </body>
            </html>
            """, context.RequestAborted);
    }
}
