using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using StripeSandbox;

namespace PaymentApp.Stripe;

/// <summary>
/// Runs StripeSandbox on a loopback port of its own in Development without keys. The shop reaches it by HTTP like
/// Stripe, so the code path is the one that takes real payments.
/// </summary>
internal sealed partial class EmbeddedSandbox(
    IOptions<StripeOptions> stripe, IHostEnvironment environment, IServer web, TimeProvider clock, ILogger<EmbeddedSandbox> logger)
    : IHostedLifecycleService, IAsyncDisposable
{
    private SandboxServer? server;

    public bool IsUsed => !stripe.Value.HasKeys && environment.IsDevelopment();

    public SandboxOptions Options { get; } = new();

    /// <summary>Signs what the sandbox sends to this process; nobody else ever sees it.</summary>
    public string WebhookSecret { get; } = "whsec_" + RandomNumberGenerator.GetHexString(48, lowercase: true);

    public Uri Address => server?.Address ?? throw new InvalidOperationException("The sandbox has not started yet.");

    // Before anything else starts: the web server must not take a request that has no Stripe to go to.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!IsUsed)
            return;

        Options.Url = "http://127.0.0.1:0";
        // The ledger outlives a restart, so what it points at must too.
        Options.Data = stripe.Value.SandboxData is { Length: > 0 } file ? Path.Combine(environment.ContentRootPath, file) : null;
        server = await SandboxServer.StartAsync(Options, clock, cancellationToken: cancellationToken);
        Log.Started(logger, server.Address);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Only now is it known where this process listens.
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var own = web.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.Ordinal));
        if (server is null || own is null)
            return;

        using var client = new HttpClient { BaseAddress = server.Address };
        using var endpoint = new FormUrlEncodedContent(
            [new("url", new Uri(new Uri(own), StripeWebhooks.Path).ToString()), new("secret", WebhookSecret)]);
        using var answer = await client.PostAsync(new Uri("/_sandbox/webhook_endpoints", UriKind.Relative), endpoint, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

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
        [LoggerMessage(1, LogLevel.Information, "No Stripe keys are set: payments go to StripeSandbox, whose dashboard is at {Address}. No real money moves.")]
        public static partial void Started(ILogger logger, Uri address);
    }
}
