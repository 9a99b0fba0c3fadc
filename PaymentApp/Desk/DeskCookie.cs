using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace PaymentApp.Desk;

/// <summary>The session of somebody at the desk.</summary>
internal static class DeskCookie
{
    /// <summary>The authentication scheme of the cookie.</summary>
    public const string Scheme = "Desk";

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
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
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
