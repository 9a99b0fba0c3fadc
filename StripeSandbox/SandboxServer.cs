using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using StripeSandbox.Api;
using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Guard;
using StripeSandbox.Webhooks;

namespace StripeSandbox;

/// <summary>
/// A sandbox inside another process, on an address of its own. It reads nothing of that process's command line,
/// environment or settings: what it does is in its options. Made for tests: each may start its own.
/// </summary>
public sealed partial class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _control;

    private SandboxServer(WebApplication app)
    {
        _app = app;
        _control = new HttpClient();
        Address = Reachable(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where this machine reaches it.</summary>
    public Uri Address { get; }

    /// <summary>A secret key that opens the account.</summary>
    public string SecretKey => Keys.Secret;

    /// <summary>A publishable key that opens the account.</summary>
    public string PublishableKey => Keys.Publishable;

    /// <summary>Signs what <see cref="SendWebhooksTo"/> sends (<c>whsec_…</c>); kept with the data.</summary>
    public string WebhookSecret => _app.Services.GetRequiredService<HostEndpoint>().Secret;

    private SandboxKeys Keys => _app.Services.GetRequiredService<SandboxKeys>();

    internal SandboxBooks Books => _app.Services.GetRequiredService<SandboxBooks>();

    internal IEnumerable<ApiRoute> Routes => ApiRouting.All(_app.Services);

    /// <summary>Starts a sandbox; it answers when the task is done. Nothing flows to it with its caller, such as an activity.</summary>
    /// <param name="options">Its settings; port 0 in the address takes a free one. When null, a free port and no data file.</param>
    /// <param name="clock">Its time; the system's when null.</param>
    /// <param name="logging">Where its log goes; nowhere when null.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static Task<SandboxServer> StartAsync(
        SandboxOptions? options = null,
        TimeProvider? clock = null,
        Action<ILoggingBuilder>? logging = null,
        CancellationToken cancellationToken = default)
    {
        // A shop under test starts one while WebApplicationFactory still listens, by a context that flows, for hosts to configure.
        if (ExecutionContext.IsFlowSuppressed())
            return StartApart();
        using (ExecutionContext.SuppressFlow())
            return StartApart();

        Task<SandboxServer> StartApart() => Task.Run(() => BuildAndStartAsync(options, clock, logging, cancellationToken), cancellationToken);
    }

    private static async Task<SandboxServer> BuildAndStartAsync(
        SandboxOptions? options, TimeProvider? clock, Action<ILoggingBuilder>? logging, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "StripeSandbox" });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddLogging();
        logging?.Invoke(builder.Logging);
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        builder.AddStripeSandbox(options ?? new SandboxOptions { Url = "http://127.0.0.1:0" });
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

    /// <summary>
    /// Sends all events to an address of this process, signed with <see cref="WebhookSecret"/>. A sandbox has one such endpoint:
    /// registered again, after a restart on the same data too, it moves. A reset leaves it.
    /// </summary>
    /// <param name="url">Where the events go, http or https.</param>
    /// <param name="apiVersion">The API version that they are written in; the sandbox's default when null.</param>
    /// <exception cref="ArgumentException">The sandbox knows no such version.</exception>
    public void SendWebhooksTo(Uri url, string? apiVersion = null) =>
        _app.Services.GetRequiredService<HostEndpoint>().Register(url, apiVersion);

    // Where it listens on every address, this machine reaches it by its own.
    private static Uri Reachable(string listening)
    {
        var address = BindingAddress.Parse(listening);
        return address.Host is "*" or "+" or "0.0.0.0" or "[::]"
            ? new UriBuilder(address.Scheme, "127.0.0.1", address.Port).Uri
            : new Uri(listening);
    }

    /// <summary>Stops answering.</summary>
    public ValueTask DisposeAsync()
    {
        _control.Dispose();
        return _app.DisposeAsync();
    }
}
