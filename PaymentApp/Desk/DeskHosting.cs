using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PaymentApp.Desk.Actions;
using PaymentApp.Desk.Notices;
using PaymentApp.Operations;
using PaymentApp.Work;

namespace PaymentApp.Desk;

/// <summary>Wires the operators' desk: who may enter, and its actions. What it reads comes from a ledger elsewhere.</summary>
internal static class DeskHosting
{
    /// <param name="dashboard">Where Stripe shows payments to the shop's owner.</param>
    /// <param name="webhooks">Whether Stripe delivers events.</param>
    public static void AddDesk(
        this IHostApplicationBuilder builder, Func<IServiceProvider, PaymentDashboard> dashboard, Func<IServiceProvider, WebhookSettings> webhooks)
    {
        var services = builder.Services;
        services.AddOptions<DeskOptions>().BindConfiguration(DeskOptions.Section)
            .Configure<IConfiguration>(ReadNotifyEmail).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeskOptions>, DeskOptionsValidator>();
        services.AddSingleton<IPasswordHasher<DeskAccount>, PasswordHasher<DeskAccount>>();
        services.AddSingleton<DeskAccess>();
        services.AddSingleton<SignInFailures>();
        services.AddSingleton<DeskMetrics>();
        services.AddSingleton<SignIn>();
        services.AddSingleton(dashboard);
        services.AddSingleton(webhooks);
        services.AddSingleton<EmailSearch>();
        services.AddScoped<OperatorActions>();
        services.TryAddSingleton<PasswordInput>();
        services.AddSingleton<ICommand, HashPasswordCommand>();
        services.AddHostedService<DeskNotice>();
        services.AddSingleton<NoticeMailWriter>();
        services.AddWorkHandler<NoticeWork>(WorkKind.Notices);
        services.AddHostedService<NoticeStart>();

        services.AddAuthentication(DeskCookie.Scheme).AddCookie(DeskCookie.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(DeskCookie.Scheme).Configure(DeskCookie.Configure);
        services.AddDeskOpenIdConnect();
        services.AddAuthorizationBuilder()
            .AddPolicy(DeskPolicies.Look, policy => policy.RequireRole(DeskRoles.Viewer, DeskRoles.Operator))
            .AddPolicy(DeskPolicies.Act, policy => policy.RequireRole(DeskRoles.Operator));
    }

    // A list, as other settings take one, is the same as one value with commas.
    private static void ReadNotifyEmail(DeskOptions options, IConfiguration configuration)
    {
        var setting = configuration.GetSection(DeskOptions.NotifyEmail);
        options.NotifyAddresses = [.. setting.GetChildren().Select(child => child.Value).Prepend(setting.Value).OfType<string>()
            .SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
    }

    public static void UseDesk(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments(DeskPaths.Root, StringComparison.OrdinalIgnoreCase)
                || context.RequestServices.GetRequiredService<DeskAccess>().IsOpen)
                return next(context);
            // No accounts and no provider: there is no desk, and nothing says that there could be one.
            context.SetEndpoint(null);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        routes.MapDeskActions();
        routes.MapDeskDownloads();
        routes.MapDeskSearch();
        routes.MapPost(DeskPaths.SignOut, DeskCookie.SignOutAsync).RequireAuthorization(DeskPolicies.Look);
    }
}
