using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Extensions;

namespace PaymentApp.Desk;

/// <summary>The session of somebody at the desk.</summary>
internal static class DeskCookie
{
    /// <summary>The authentication scheme of the cookie.</summary>
    public const string Scheme = "Desk";

    /// <summary>Tells the sign-in page that a form was not carried out, because the session had ended.</summary>
    public const string UnsentParameter = "unsent";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "desk";
        // The shop's own pages never see who is at the desk.
        cookie.Cookie.Path = DeskPaths.Root;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Lifetime;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = DeskPaths.SignIn;
        cookie.ReturnUrlParameter = "from";
        cookie.Events.OnValidatePrincipal = RejectWhoHasLeftAsync;
        cookie.Events.OnRedirectToLogin = SendToSignIn;
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    // What is sent without a session is not carried out, and its address is no page: the way back is to the form's own.
    private static Task SendToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        var isPage = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var query = QueryString.Create(context.Options.ReturnUrlParameter, DeskPaths.PageOf(request.Path)).Add(UnsentParameter, "1");
        context.Response.Redirect(isPage ? context.RedirectUri : UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, DeskPaths.SignIn, query));
        return Task.CompletedTask;
    }

    // The form is read, so that its antiforgery token is looked at.
    public static async Task<IResult> SignOutAsync(HttpContext http, IFormCollection form)
    {
        await http.SignOutAsync(Scheme);
        return Results.LocalRedirect(DeskPaths.SignIn);
    }

    private static async Task RejectWhoHasLeftAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } principal && context.HttpContext.RequestServices.GetRequiredService<DeskAccess>().IsCurrent(principal))
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}
