using PaymentApp.Components;

namespace PaymentApp;

internal static class PaymentAppHosting
{
    public static void AddPaymentApp(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
    }

    public static void UsePaymentApp(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
