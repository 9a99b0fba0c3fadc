namespace StripeSandbox.Browser;

/// <summary>Serves Stripe.js, the card fields' frames and the bank's page.</summary>
internal static class BrowserEndpoints
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    internal static void MapBrowserAssets(this IEndpointRouteBuilder endpoints)
    {
        var script = StripeScript.Compose();
        var shared = StripeScript.ComposeShared();
        endpoints.MapMethods("/v3", ReadMethods, (HttpContext context) => Serve(context, script));
        endpoints.MapMethods("/{train}/stripe.js", ReadMethods, (HttpContext context) => Serve(context, script));
        endpoints.MapMethods("/v3/shared.js", ReadMethods, (HttpContext context) => Serve(context, shared));
        endpoints.MapGet("/three-ds/{id}", BankPage.ShowAsync);
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
        if (asset.IsDocument) headers.ContentSecurityPolicy = FramePolicy.For(context.Request.Query);
        // The card's frame takes the time from it.
        DateTimeOffset? date = asset.IsDocument ? context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() : null;
        return Results.Bytes(asset.Content, asset.ContentType, lastModified: date, entityTag: asset.EntityTag);
    }
}
