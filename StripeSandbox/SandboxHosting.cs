using Microsoft.Extensions.DependencyInjection.Extensions;
using StripeSandbox.Api;
using StripeSandbox.Books;
using StripeSandbox.Browser;
using StripeSandbox.Control;
using StripeSandbox.Dashboard;
using StripeSandbox.Faults;
using StripeSandbox.Guard;
using StripeSandbox.Idempotency;
using StripeSandbox.Persistence;
using StripeSandbox.Recovery;
using StripeSandbox.Scheduling;
using StripeSandbox.Time;
using StripeSandbox.Webhooks;

namespace StripeSandbox;

/// <summary>Wires a sandbox into a web application: its own process, or one that another app hosts.</summary>
public static partial class SandboxHosting
{
    /// <summary>
    /// Adds the sandbox's services and its address. Settings come from the section <c>Sandbox</c>; where it names no address, the
    /// host's own counts (<c>--urls</c>, <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c>).
    /// </summary>
    public static WebApplicationBuilder AddStripeSandbox(this WebApplicationBuilder builder, Action<SandboxOptions>? configure = null)
    {
        var section = builder.Configuration.GetSection("Sandbox");
        var options = section.Get<SandboxOptions>() ?? new SandboxOptions();
        if (section[nameof(SandboxOptions.Url)] is null && HostUrls(builder.Configuration) is { } urls)
            options.Url = urls;
        configure?.Invoke(options);
        return builder.AddStripeSandbox(options);
    }

    internal static WebApplicationBuilder AddStripeSandbox(this WebApplicationBuilder builder, SandboxOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(options.Access);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SandboxClock>();
        builder.Services.AddSingleton(_ => new Journal(options.Data));
        builder.Services.AddSingleton<SandboxBooks>();
        builder.Services.AddSingleton<IDeadlines, Deadlines>();
        builder.Services.AddSingleton<Agenda>();
        builder.Services.AddSingleton(services => new SandboxTime(
            services.GetRequiredService<SandboxClock>(), services.GetRequiredService<Agenda>(), services.GetRequiredService<SandboxBooks>()));
        builder.Services.AddSingleton<IdempotencyKeys>();
        builder.Services.AddSingleton<SandboxKeys>();
        builder.Services.AddSingleton<SandboxState>();
        builder.Services.AddSingleton<FaultBox>();
        builder.Services.AddSingleton<FaultRoutes>();
        builder.Services.AddSingleton<DeliveryGate>();
        builder.Services.AddSingleton<WebhookDispatcher>();
        builder.Services.AddSingleton<HostEndpoint>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WebhookDispatcher>());
        builder.Services.AddSingleton<ControlRoutes>();
        builder.Services.AddDashboard();
        builder.Services.AddSingleton<ApiPipeline>();
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    /// <summary>Maps the API, Stripe.js and the frames, and the dashboard.</summary>
    public static WebApplication UseStripeSandbox(this WebApplication app)
    {
        app.Services.GetRequiredService<SandboxState>().Load();
        app.Services.GetRequiredService<SandboxKeys>().Load();
        app.MapGet("/healthz", () => "ok");
        app.MapApi();
        app.MapBrowserAssets();
        app.MapDashboard();
        return app;
    }

    /// <summary>False, and one line in the log, when the data file cannot be read or is in use, an address is taken, or a key is a live one.</summary>
    internal static bool CanStart(this WebApplication app)
    {
        if (SandboxPlace.FindProblem(app.Services.GetRequiredService<SandboxOptions>()) is not { } problem)
            return true;
        Log.CannotStart(app.Logger, problem);
        return false;
    }

    private static string? HostUrls(ConfigurationManager configuration)
    {
        if (configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls)
            return urls;
        return configuration[WebHostDefaults.HttpPortsKey] is { Length: > 0 } ports
            ? string.Join(';', ports.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"http://*:{port}"))
            : null;
    }

    /// <summary>Says where it listens and which keys it takes, once it does.</summary>
    internal static void AnnounceStripeSandbox(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var keys = app.Services.GetRequiredService<SandboxKeys>();
        var secret = Described(keys.Secret, keys.IsSecretFixed);
        var publishable = Described(keys.Publishable, keys.IsPublishableFixed);
        foreach (var address in app.Urls)
        {
            Log.Started(app.Logger, address, secret, publishable);
            Log.Dashboard(app.Logger, address);
        }
    });

    private static string Described(string key, bool isFixed) => isFixed ? key : $"{key} or any other test key";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "StripeSandbox answers at {Address}, secret key {SecretKey}, publishable key {PublishableKey}")]
        public static partial void Started(ILogger logger, string address, string secretKey, string publishableKey);

        [LoggerMessage(Level = LogLevel.Critical, Message = "StripeSandbox cannot start. {Problem}")]
        public static partial void CannotStart(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "Its dashboard is at {Address}/")]
        public static partial void Dashboard(ILogger logger, string address);
    }
}
