using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using StripeSandbox.Api;
using StripeSandbox.Books;

namespace StripeSandbox;

/// <summary>
/// A sandbox inside another process, on an address of its own. It reads nothing of that process's command line,
/// environment or settings: what it does is in its options.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private SandboxServer(WebApplication app)
    {
        this.app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    internal SandboxBooks Books => app.Services.GetRequiredService<SandboxBooks>();

    internal IEnumerable<ApiRoute> Routes => ApiRouting.All(app.Services);

    /// <summary>Starts a sandbox; it answers when the task is done.</summary>
    /// <param name="options">Its settings; port 0 in the address takes a free one.</param>
    /// <param name="clock">Its time; the system's when null.</param>
    /// <param name="logging">Where its log goes; nowhere when null.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<SandboxServer> StartAsync(
        SandboxOptions options,
        TimeProvider? clock = null,
        Action<ILoggingBuilder>? logging = null,
        CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "StripeSandbox" });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddLogging();
        logging?.Invoke(builder.Logging);
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        builder.AddStripeSandbox(options);
        var app = builder.Build();
        try
        {
            app.UseStripeSandbox();
            await app.StartAsync(cancellationToken);
            return new SandboxServer(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops answering.</summary>
    public ValueTask DisposeAsync() => app.DisposeAsync();
}
