using Microsoft.AspNetCore.Antiforgery;

namespace PaymentApp.Security;

/// <summary>Once a browser has come by https it stays there. Behind a proxy, its scheme counts.</summary>
internal static class TransportSecurity
{
    public static void AddTransportSecurity(this IServiceCollection services)
    {
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.Configure<AntiforgeryOptions>(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
    }

    public static void UseTransportSecurity(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
            return;

        app.UseHsts();
        app.UseHttpsRedirection();
    }
}
