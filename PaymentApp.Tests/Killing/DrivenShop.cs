using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Stripe;
using PaymentApp.Tests.Killing;
using PaymentApp.Webhooks;
using PaymentApp.Work;

[assembly: HostingStartup(typeof(DrivenShop))]

namespace PaymentApp.Tests.Killing;

/// <summary>
/// Steps into the PaymentApp process that names this assembly in <c>ASPNETCORE_HOSTINGSTARTUPASSEMBLIES</c>: puts kill
/// points around what the app is made of, and routes under <c>/drive</c> that stand in for the circuits of its shoppers.
/// </summary>
internal sealed class DrivenShop : IHostingStartup, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public const string PointSetting = "Killing:Point";
    public const string PassesSetting = "Killing:Passes";
    public const string AheadSetting = "Killing:Ahead";

    // A hosting startup's own services come before the app's, and decorators must come after: the host says when.
    public void Configure(IWebHostBuilder builder) => DiagnosticListener.AllListeners.Subscribe(this);

    public void OnNext(DiagnosticListener listener)
    {
        if (listener.Name == "Microsoft.Extensions.Hosting")
            listener.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> happened)
    {
        if (happened is { Key: "HostBuilding", Value: IHostBuilder host })
            host.ConfigureServices((context, services) => Arm(services, context.Configuration));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static void Arm(IServiceCollection services, IConfiguration settings)
    {
        var kill = new KillSwitch(settings.GetValue<KillPoint?>(PointSetting), settings.GetValue<int>(PassesSetting));
        var clock = new AheadClock(settings.GetValue<TimeSpan>(AheadSetting));
        var inHand = new WorkInHand();
        services.AddSingleton(kill);
        services.AddSingleton(inHand);
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        // Stripe signs with the world's time, which nobody put ahead.
        services.AddSingleton(provider => new WebhookSignature(provider.GetRequiredService<StripeConnection>(), TimeProvider.System));

        Wrap<IPaymentGateway>(services, inner => new KillableGateway(inner, kill));
        Wrap<IPaymentLedger>(services, inner => new KillableLedger(inner, kill));
        Wrap<IWebhookInbox>(services, inner => new KillableInbox(inner, kill));
        Wrap<IEventCursor>(services, inner => new KillableCursor(inner, kill));
        Wrap<IWorkQueue>(services, inner => new KillableQueue(inner, kill, inHand));
        Wrap<IFulfilments>(services, inner => new KillableFulfilments(inner, kill));
        Wrap<IFulfilmentHandler>(services, inner => new KillableFulfilment(inner, kill));
        services.ConfigureDbContext<LedgerContext>(options => options.AddInterceptors(new KillableTransactions(kill), new KillableStart(kill)));
        services.AddSingleton<IStartupFilter, DriveRoutes>();
    }

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T)).ImplementationType!;
        services.AddSingleton(provider => wrap((T)ActivatorUtilities.CreateInstance(provider, inner)));
    }
}
