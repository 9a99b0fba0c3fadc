using Microsoft.Extensions.DependencyInjection.Extensions;
using StripeSandbox.Browser;

namespace StripeSandbox;

/// <summary>Wires a sandbox into a web application: its own process, or one that another app hosts.</summary>
public static class SandboxHosting
{
    /// <summary>Adds the sandbox's services and its address. Settings come from the section <c>Sandbox</c>.</summary>
    public static WebApplicationBuilder AddStripeSandbox(this WebApplicationBuilder builder, Action<SandboxOptions>? configure = null)
    {
        var options = builder.Configuration.GetSection("Sandbox").Get<SandboxOptions>() ?? new SandboxOptions();
        configure?.Invoke(options);
        builder.Services.AddSingleton(options);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.WebHost.UseUrls(options.Url);
        return builder;
    }

    /// <summary>Maps the API, Stripe.js and the frames.</summary>
    public static WebApplication UseStripeSandbox(this WebApplication app)
    {
        app.MapGet("/healthz", () => "ok");
        app.MapBrowserAssets();
        return app;
    }
}
