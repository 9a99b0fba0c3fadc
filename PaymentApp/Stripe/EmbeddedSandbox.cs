using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using StripeSandbox;

namespace PaymentApp.Stripe;

/// <summary>
/// Runs StripeSandbox beside the shop, on a port of its own, in Development without keys. The shop reaches it by HTTP like
/// Stripe, so the code path is the one that takes real payments.
/// </summary>
internal sealed partial class EmbeddedSandbox(
    IOptions<StripeOptions> stripe, IHostEnvironment environment, IConfiguration configuration, IServer web, TimeProvider clock,
    ILogger<EmbeddedSandbox> logger)
    : IHostedLifecycleService, IAsyncDisposable
{
    private SandboxServer? _server;

    public bool IsUsed => !stripe.Value.HasKeys && environment.IsDevelopment();

    /// <summary>The keys of this data file, which nobody else knows.</summary>
    public string SecretKey => Server.SecretKey;

    public string PublishableKey => Server.PublishableKey;

    /// <summary>Signs what the sandbox sends to this process; nobody else ever sees it.</summary>
    public string WebhookSecret => Server.WebhookSecret;

    /// <summary>Where this process reaches it.</summary>
    public Uri Address => Server.Address;

    private SandboxServer Server => _server ?? throw new InvalidOperationException("The sandbox has not started yet.");

    /// <summary>What it runs with.</summary>
    public SandboxOptions Options => new()
    {
        Url = ShopAddresses.BesideShop(ShopAddresses.Of(configuration), stripe.Value.SandboxPort),
        // The ledger outlives a restart, so what it points at must too.
        Data = stripe.Value.SandboxData is { Length: > 0 } file ? Path.Combine(environment.ContentRootPath, file) : null,
        AllowRemoteControl = stripe.Value.SandboxRemoteControl,
        MakeKeys = true,
    };

    /// <summary>Where a browser reaches it that reached the shop by this address.</summary>
    /// <param name="shop">Scheme, host and port as the browser has them.</param>
    public Uri AddressFor(Uri shop)
    {
        if (stripe.Value.SandboxUrl is { } set)
            return set;
        // Codespaces and dev tunnels give each port a host: name-5080.app.github.dev.
        foreach (var port in ShopAddresses.Of(configuration).Select(address => address.Port.ToString(CultureInfo.InvariantCulture)))
        {
            if (ForPort(shop.Host, port, Address.Port.ToString(CultureInfo.InvariantCulture)) is { } host)
                return new UriBuilder(shop.Scheme, host, shop.IsDefaultPort ? -1 : shop.Port).Uri;
        }

        return new UriBuilder(Uri.UriSchemeHttp, shop.Host, Address.Port).Uri;
    }

    // Before anything else starts: the web server must not take a request that has no Stripe to go to.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!IsUsed)
            return;

        await OpenAsync(Options, cancellationToken);
        Log.Started(logger, Address);
    }

    /// <summary>Starts the sandbox without the shop, on a port and with books of its own that end with the process.</summary>
    public Task OpenAloneAsync(CancellationToken cancellationToken) =>
        OpenAsync(new SandboxOptions { Url = "http://127.0.0.1:0", MakeKeys = true }, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Only now is it known where this process listens.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var own = web.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.Ordinal));
        if (_server is not null && own is not null)
            _server.SendWebhooksTo(new Uri(Loopback(own), StripeWebhooks.Path), global::Stripe.StripeConfiguration.ApiVersion);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task OpenAsync(SandboxOptions options, CancellationToken cancellationToken) =>
        _server = await SandboxServer.StartAsync(options, clock, cancellationToken: cancellationToken);

    private static Uri Loopback(string listening)
    {
        var address = BindingAddress.Parse(listening);
        return new UriBuilder(address.Scheme, address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host, address.Port).Uri;
    }

    private static string? ForPort(string host, string shopPort, string ownPort)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        var (label, rest) = dot < 0 ? (host, "") : (host[..dot], host[dot..]);
        return label.EndsWith($"-{shopPort}", StringComparison.Ordinal) ? label[..^shopPort.Length] + ownPort + rest
            : label.StartsWith($"{shopPort}-", StringComparison.Ordinal) ? ownPort + label[shopPort.Length..] + rest
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "No Stripe keys are set: payments go to StripeSandbox, whose dashboard is at {Address}. No real money moves.")]
        public static partial void Started(ILogger logger, Uri address);
    }
}
