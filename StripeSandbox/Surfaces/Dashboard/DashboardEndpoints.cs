using StripeSandbox.Books;
using StripeSandbox.Browser;
using StripeSandbox.Dashboard.Actions;
using StripeSandbox.Dashboard.Live;
using StripeSandbox.Errors;
using StripeSandbox.Guard;

namespace StripeSandbox.Dashboard;

/// <summary>Serves the dashboard to this machine, as the control surface; see <see cref="ControlAccess"/>.</summary>
internal static class DashboardEndpoints
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.ServiceProvider.GetRequiredService<DashboardPages>();
        endpoints.MapPage("/", DashboardPages.Payments);
        endpoints.MapPage("/test/payments", DashboardPages.Payments);
        endpoints.MapPage("/test/payments/{id}", pages.Payment);
        endpoints.MapPage("/test/controls", DashboardPages.Controls);
        endpoints.MapPage("/test/logs", DashboardPages.Requests);
        endpoints.MapPage("/test/logs/{id}", pages.Request);
        foreach (var action in DashboardAction.All)
            endpoints.MapPost(action.Address, context => ActAsync(context, action));
        foreach (var (path, asset) in BrowserAsset.LoadAll("dashboard/"))
            endpoints.MapGet($"/_dashboard/{path}", (HttpContext context) => Serve(context, asset));
    }

    private static void MapPage(this IEndpointRouteBuilder endpoints, string pattern, Func<HttpRequest, DashboardPage> open) =>
        endpoints.MapGet(pattern, context => ShowAsync(context, () => open(context.Request)));

    private static async Task ShowAsync(HttpContext context, Func<DashboardPage> open)
    {
        var (services, response) = (context.RequestServices, context.Response);
        Protect(response);
        response.Headers.CacheControl = "no-store";
        try
        {
            ControlAccess.RequireReader(context, services.GetRequiredService<AccessSettings>());
        }
        catch (Refusal refusal)
        {
            response.StatusCode = refusal.Status;
            await response.WriteAsync(refusal.Failure.Message, context.RequestAborted);
            return;
        }

        if (context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal))
        {
            await services.GetRequiredService<LiveStream>().SendAsync(context, open);
            return;
        }

        var renderer = services.GetRequiredService<DashboardRenderer>();
        var (status, document) = await services.GetRequiredService<SandboxBooks>().ReadAsync(async () =>
        {
            var page = open();
            return (page.Status, await renderer.DocumentAsync(page));
        });
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(document, context.RequestAborted);
    }

    private static async Task ActAsync(HttpContext context, DashboardAction action)
    {
        var (services, response) = (context.RequestServices, context.Response);
        Protect(response);
        response.Headers.CacheControl = "no-store";
        try
        {
            ControlAccess.Require(context, services.GetRequiredService<AccessSettings>());
            response.Headers.Location = await services.GetRequiredService<DashboardActions>().DoAsync(action, context.Request, context.RequestAborted);
            response.StatusCode = StatusCodes.Status303SeeOther;
        }
        catch (Refusal refusal)
        {
            response.StatusCode = refusal.Status;
            await response.WriteAsync(refusal.Failure.Message, context.RequestAborted);
        }
    }

    private static IResult Serve(HttpContext context, BrowserAsset asset)
    {
        Protect(context.Response);
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: asset.EntityTag);
    }

    private static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        // With none, a browser would hide from the forms' own sandbox where they come from.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
