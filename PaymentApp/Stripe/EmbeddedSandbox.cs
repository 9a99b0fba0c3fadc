using Microsoft.Extensions.Options;
using StripeSandbox;

namespace PaymentApp.Stripe;

/// <summary>
/// Runs StripeSandbox on a loopback port of its own in Development without keys. The shop reaches it by HTTP like
/// Stripe, so the code path is the one that takes real payments.
/// </summary>
internal sealed partial class EmbeddedSandbox(
    IOptions<StripeOptions> stripe, IHostEnvironment environment, TimeProvider clock, ILogger<EmbeddedSandbox> logger)
    : IHostedLifecycleService, IAsyncDisposable
{
    private SandboxServer? server;

    public bool IsUsed => !stripe.Value.HasKeys && environment.IsDevelopment();

    public SandboxOptions Options { get; } = new();

    public Uri Address => server?.Address ?? throw new InvalidOperationException("The sandbox has not started yet.");

    // Before anything else starts: the web server must not take a request that has no Stripe to go to.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!IsUsed)
            return;

        Options.Url = "http://127.0.0.1:0";
        server = await SandboxServer.StartAsync(Options, clock, cancellationToken: cancellationToken);
        Log.Started(logger, server.Address);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "No Stripe keys are set: payments go to StripeSandbox at {Address}. No real money moves.")]
        public static partial void Started(ILogger logger, Uri address);
    }
}
