using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaymentApp.Checkout;
using PaymentApp.Components;
using PaymentApp.Ledger;
using PaymentApp.Operations;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Reconciliation;
using PaymentApp.Security;
using PaymentApp.Stripe;
using PaymentApp.Webhooks;

namespace PaymentApp;

/// <summary>Wires the shop: <c>Program.cs</c>, the tests and whoever hosts it elsewhere say the same two verbs.</summary>
internal static class PaymentAppHosting
{
    public static void AddPaymentApp(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddLedger();
        builder.AddStripe();
        builder.AddPayments();
        builder.AddWebhooks();
        builder.AddReconciliation();
        builder.AddOperations();
        builder.Services.AddLimits();
        builder.Services.AddTransportSecurity();
        builder.Services.AddSingleton<Catalogue>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(Limits.Circuits).AddHubOptions(Limits.Messages);
    }

    public static void UsePaymentApp(this WebApplication app)
    {
        app.UseErrorPages();
        app.UseTransportSecurity();
        app.UseSecurityHeaders();
        // The pages speak English, so amounts and dates do too, whatever the server's own language.
        app.UseRequestLocalization("en-US");
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapStripeWebhooks();
        // The one policy of SecurityHeaders forbids framing; the framework's own would say so a second time.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }

    private static void AddPayments(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PaymentsOptions>().BindConfiguration(PaymentsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<OrderChanges>();
        builder.Services.AddSingleton<PaymentStepRunner>();
        builder.Services.AddSingleton<PaymentMetrics>();
        builder.Services.AddSingleton<AttemptLimits>();
        builder.Services.AddScoped<ShopperConnection>();
        builder.Services.AddScoped<BrowserConnection>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<BrowserConnection>());
        builder.Services.AddScoped<IPaymentService, PaymentService>();
        builder.Services.AddScoped<IPaymentOperations, PaymentOperations>();
        // Of a circuit or a page: the sandbox is named by the host that this browser used.
        builder.Services.AddScoped(services =>
        {
            var connection = services.GetRequiredService<StripeConnection>();
            var page = new Uri(services.GetRequiredService<NavigationManager>().BaseUri);
            return new StripeJsSettings(connection.StripeJsUrlFor(page), connection.PublishableKey);
        });
    }
}
