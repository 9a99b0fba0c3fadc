using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace PaymentApp.Desk;

/// <summary>Sign-in with the provider that <c>Desk:OpenIdConnect</c> names; without one there is no such scheme.</summary>
internal static class DeskOpenIdConnect
{
    public const string Scheme = "Desk.OpenIdConnect";

    // The settings are complete only when the app is built, so the scheme is decided on then.
    public static void AddDeskOpenIdConnect(this IServiceCollection services)
    {
        services.AddOptions<AuthenticationOptions>().Configure<IOptions<DeskOptions>>((authentication, desk) =>
        {
            if (desk.Value.OpenIdConnect.IsSet)
                authentication.AddScheme<OpenIdConnectHandler>(Scheme, displayName: null);
        });
        services.AddTransient<OpenIdConnectHandler>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<DeskOptions>>((options, desk) => Configure(options, desk.Value.OpenIdConnect));
    }

    /// <summary>The desk's own names for the roles that the provider gives; none for who has no business here.</summary>
    public static IEnumerable<string> RolesOf(ClaimsPrincipal principal, DeskOpenIdConnectOptions provider)
    {
        var theirs = principal.FindAll(provider.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        if (theirs.Contains(provider.OperatorRole))
            yield return DeskRoles.Operator;
        if (theirs.Contains(provider.ViewerRole))
            yield return DeskRoles.Viewer;
    }

    private static void Configure(OpenIdConnectOptions options, DeskOpenIdConnectOptions provider)
    {
        if (!provider.IsSet)
            return;
        options.Authority = provider.Authority!.ToString();
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.SignInScheme = DeskCookie.Scheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes with a link: a post from another site would come without the cookies that it is checked against.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.RequireHttpsMetadata = !provider.Authority.IsLoopback;
        options.CallbackPath = DeskPaths.SignIn + "/callback";
        options.SignedOutCallbackPath = DeskPaths.SignOut + "/callback";
        options.RemoteSignOutPath = DeskPaths.SignOut + "/remote";
        options.TokenValidationParameters.NameClaimType = "name";
        options.Events.OnTokenValidated = context =>
        {
            var from = context.Principal!;
            var roles = RolesOf(from, provider).Select(role => new Claim(ClaimTypes.Role, role)).ToList();
            if (roles.Count == 0)
            {
                context.HandleResponse();
                context.Response.Redirect(DeskPaths.SignIn + "?failed=role");
                return Task.CompletedTask;
            }

            var name = from.FindFirstValue("name") ?? from.FindFirstValue("preferred_username") ?? from.FindFirstValue("email") ?? from.FindFirstValue("sub");
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(
                [new(ClaimTypes.Name, name ?? ""), .. roles], Scheme));
            return Task.CompletedTask;
        };
        // Who closes the provider's page, or is turned away there, is back where they began.
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect(DeskPaths.SignIn + "?failed=1");
            return Task.CompletedTask;
        };
    }
}
