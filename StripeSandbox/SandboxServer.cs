namespace StripeSandbox;

/// <summary>A sandbox inside another process, on an address of its own.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private SandboxServer(WebApplication app) => this.app = app;

    /// <summary>Where it answers.</summary>
    public Uri Address => new(app.Urls.First());

    public static async Task<SandboxServer> StartAsync(
        SandboxOptions options, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        builder.AddStripeSandbox(own => own.Url = options.Url);
        var app = builder.Build();
        app.UseStripeSandbox();
        await app.StartAsync(cancellationToken);
        return new SandboxServer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
