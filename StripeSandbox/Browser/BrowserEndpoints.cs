namespace StripeSandbox.Browser;

/// <summary>Serves Stripe.js, the card fields' frames and the bank's page.</summary>
internal static class BrowserEndpoints
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Frames run only what this origin serves and call only it; any shop may embed them, which is what they are for.
    /// </summary>
    private const string FramePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors *";

    internal static void MapBrowserAssets(this IEndpointRouteBuilder endpoints)
    {
        var script = StripeScript.Compose();
        endpoints.MapMethods("/v3", ReadMethods, (HttpContext context) => Serve(context, script));
        endpoints.MapMethods("/{train}/stripe.js", ReadMethods, (HttpContext context) => Serve(context, script));
        foreach (var (path, asset) in BrowserAsset.LoadAll("frames/"))
            endpoints.MapMethods($"/v3/{path}", ReadMethods, (HttpContext context) => Serve(context, asset));
    }

    private static IResult Serve(HttpContext context, BrowserAsset asset)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["Referrer-Policy"] = "no-referrer";
        // A page that pins the script or asks for its errors loads it with crossorigin.
        headers.AccessControlAllowOrigin = "*";
        if (asset.IsDocument) headers.ContentSecurityPolicy = FramePolicy;
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: asset.EntityTag);
    }
}
