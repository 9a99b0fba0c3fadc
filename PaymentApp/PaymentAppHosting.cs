using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PaymentApp.Checkout;
using PaymentApp.Components;
using PaymentApp.Desk;
using PaymentApp.Languages;
using PaymentApp.Ledger;
using PaymentApp.Mail;
using PaymentApp.Operations;
using PaymentApp.Operations.SeedDemo;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Preferences;
using PaymentApp.Reconciliation;
using PaymentApp.Security;
using PaymentApp.Stripe;
using PaymentApp.Telemetry;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp;

/// <summary>Puts the folders together: <c>Program.cs</c>, the tests and whoever hosts the shop elsewhere say the same two verbs.</summary>
internal static class PaymentAppHosting
{
    public static void AddPaymentApp(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddLanguages();
        // The sandbox starts while the ledger's model is built.
        builder.AddStripe();
        builder.AddLedger();
        builder.AddPayments();
        builder.AddWebhooks();
        builder.AddReconciliation();
        builder.AddOrders();
        builder.AddMail();
        builder.AddCheckout(StripeJs, Demo);
        builder.AddDesk(Dashboard, Webhooks);
        builder.AddSecurity();
        builder.AddComponents();
        builder.AddOperations();
        builder.AddTelemetry();
        builder.Services.AddSingleton<OpenShop>(services => clock => Open(services, clock));
        // Last: the worker starts when everything that it may need is there.
        builder.AddWork();
    }

    public static void UsePaymentApp(this WebApplication app)
    {
        app.PrepareLedger();
        // Before the redirect to https: who asks from inside the network has no certificate to check.
        app.UseHealth();
        app.UseForwardedRequests();
        app.UseHostCheck();
        // The desk is English, as are Stripe's codes and dashboard, which its operators read beside it.
        app.UseLanguages(english: DeskPaths.Root);
        app.UseErrorPages();
        // Within the error pages, which see to headers once a page is written.
        app.UsePageCompression(except: DeskPaths.Root);
        app.UseSecurity();
        app.UseDesk();
        app.UseComponents();
        app.MapPreferences();
        app.MapDesk();
        app.MapStripeWebhooks();
    }

    // The checkout is given what a browser may know: the folder that holds the secret key stays unknown to it.
    private static StripeJsSettings StripeJs(IServiceProvider services)
    {
        var stripe = services.GetRequiredService<StripeConnection>();
        // The sandbox is named by the host that this browser used.
        var page = new Uri(services.GetRequiredService<NavigationManager>().BaseUri);
        return new StripeJsSettings(stripe.StripeJsUrlFor(page), stripe.PublishableKey);
    }

    // https://docs.stripe.com/dashboard/basics: test payments have addresses of their own.
    private static PaymentDashboard Dashboard(IServiceProvider services)
    {
        var stripe = services.GetRequiredService<StripeConnection>();
        var own = stripe.DashboardUrl ?? stripe.ApiBase ?? new Uri("https://dashboard.stripe.com");
        return new PaymentDashboard(new Uri(own, stripe.IsLive ? "/payments" : "/test/payments"));
    }

    private static WebhookSettings Webhooks(IServiceProvider services) =>
        new(services.GetRequiredService<IOptions<WebhooksOptions>>().Value.Mode is WebhookMode.Listen);

    private static DemoSettings Demo(IServiceProvider services) =>
        new(services.GetRequiredService<StripeConnection>().DashboardUrl, MailFolder(services));

    private static string? MailFolder(IServiceProvider services) =>
        services.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && services.GetRequiredService<IOptions<MailOptions>>().Value is { Host: null or "", Folder: var folder } ? folder : null;

    private static WebApplication Open(IServiceProvider services, TimeProvider clock)
    {
        var environment = services.GetRequiredService<IWebHostEnvironment>();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = environment.ApplicationName,
            EnvironmentName = environment.EnvironmentName,
            ContentRootPath = environment.ContentRootPath,
        });
        builder.Configuration.AddConfiguration(services.GetRequiredService<IConfiguration>());
        builder.Configuration.AddInMemoryCollection(
            [
                new(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0"), new("Stripe:SandboxPort", "0"), new("Payments:AttemptsOverall", "1000000"),
                new(DeskOptions.NotifyEmail, ""),
                // Days that are played are no news for a collector.
                new(TelemetryHosting.Endpoint, ""),
                // What is signed before its clock is put on would be refused: what was not taken is sent again once the shop itself runs.
                new("Webhooks:Mode", nameof(WebhookMode.FetchOnly)),
            ]);
        // A shop in the background: only what goes wrong is worth a line.
        builder.Logging.AddFilter(null, LogLevel.Warning);
        builder.Services.AddSingleton(clock);
        builder.AddPaymentApp();
        var app = builder.Build();
        app.UsePaymentApp();
        return app;
    }
}
