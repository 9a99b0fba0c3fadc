using StripeSandbox.Api;
using StripeSandbox.Dashboard.Actions;
using StripeSandbox.Dashboard.Display;
using StripeSandbox.Dashboard.Live;
using StripeSandbox.Dashboard.Payments;
using StripeSandbox.Dashboard.Requests;
using StripeSandbox.Dashboard.Search;

namespace StripeSandbox.Dashboard;

/// <summary>The dashboard's services.</summary>
internal static class DashboardHosting
{
    public static void AddDashboard(this IServiceCollection services)
    {
        services.AddSingleton<Secrets>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<IRequestObserver>(provider => provider.GetRequiredService<RequestLog>());
        services.AddSingleton<PaymentIndex>();
        services.AddSingleton<PaymentHistory>();
        services.AddSingleton<PaymentSearch>();
        services.AddSingleton<Notices>();
        services.AddSingleton<DashboardActions>();
        services.AddSingleton<DashboardJson>();
        services.AddSingleton<DashboardRenderer>();
        services.AddSingleton<DashboardPages>();
    }
}
