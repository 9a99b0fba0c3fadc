using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace PaymentApp.Security;

/// <summary>
/// Reads who asks, by which scheme and host, from the headers of the proxies that <see cref="ProxyOptions"/> trusts:
/// https://learn.microsoft.com/aspnet/core/host-and-deploy/proxy-load-balancer. Nothing else reads those headers.
/// </summary>
internal static partial class ForwardedRequests
{
    private static readonly string[] Headers = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"];

    private static readonly IPNetwork[] Loopback = [new(IPAddress.Parse("127.0.0.0"), 8), new(IPAddress.IPv6Loopback, 128)];

    public static void AddForwardedRequests(this IServiceCollection services)
    {
        services.AddSingleton<ProxyOptionsSetup>();
        services.AddSingleton<IConfigureOptions<ProxyOptions>>(provider => provider.GetRequiredService<ProxyOptionsSetup>());
        services.AddSingleton<IValidateOptions<ProxyOptions>>(provider => provider.GetRequiredService<ProxyOptionsSetup>());
        services.AddOptions<ProxyOptions>().ValidateOnStart();
        // ASPNETCORE_FORWARDEDHEADERS_ENABLED adds a reader of its own, which believes everybody.
        services.PostConfigure<ForwardedHeadersOptions>(everybody => everybody.ForwardedHeaders = ForwardedHeaders.None);
    }

    public static void UseForwardedRequests(this WebApplication app)
    {
        var proxy = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value;
        app.UseIgnoredHeaderWarning(proxy);
        if (proxy.TrustedNetworks.Count > 0)
            app.UseForwardedHeaders(Options(proxy.TrustedNetworks, ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost, proxy.Hops));
        else if (app.Environment.IsDevelopment())
            // A developer's tunnel ends on this machine. It may say under which name it is reached; who asks, anyone could.
            app.UseForwardedHeaders(Options(Loopback, ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost, hops: 1));
    }

    private static ForwardedHeadersOptions Options(IEnumerable<IPNetwork> trusted, ForwardedHeaders headers, int hops)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = headers, ForwardLimit = hops };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted)
            options.KnownIPNetworks.Add(network);
        return options;
    }

    /// <summary>Says once that a header is ignored, for an operator whose proxy is not trusted yet.</summary>
    private static void UseIgnoredHeaderWarning(this WebApplication app, ProxyOptions proxy)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ForwardedRequests).FullName!);
        var wasSaid = 0;
        app.Use((context, next) =>
        {
            if (Volatile.Read(ref wasSaid) == 0 && Ignored(context, proxy) is { } header && Interlocked.Exchange(ref wasSaid, 1) == 0)
                Log.Ignored(logger, header, context.Connection.RemoteIpAddress);
            return next(context);
        });
    }

    private static string? Ignored(HttpContext context, ProxyOptions proxy) =>
        proxy.Trusts(context.Connection.RemoteIpAddress) ? null : Headers.FirstOrDefault(context.Request.Headers.ContainsKey);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The header {Header} of a request from {Address} is ignored, now and later. If that is your proxy, add its network to Proxy:TrustedNetworks: until then all of its visitors share one address")]
        public static partial void Ignored(ILogger logger, string header, IPAddress? address);
    }
}
