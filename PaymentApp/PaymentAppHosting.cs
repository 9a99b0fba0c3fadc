using Microsoft.Extensions.DependencyInjection.Extensions;
using PaymentApp.Components;
using PaymentApp.Ledger;
using PaymentApp.Payments;

namespace PaymentApp;

/// <summary>Wires the shop: <c>Program.cs</c>, the tests and whoever hosts it elsewhere say the same two verbs.</summary>
internal static class PaymentAppHosting
{
    public static void AddPaymentApp(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddLedger();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
    }

    public static void UsePaymentApp(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
