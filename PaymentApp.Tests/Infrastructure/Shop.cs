using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Stripe;
using PaymentApp.Tests.Sandbox;
using StripeSandbox;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>
/// The whole shop on a port of its own, with a ledger file of its own, beside a sandbox on another origin: what a
/// browser meets in production, on one machine.
/// </summary>
public sealed class Shop : WebApplicationFactory<Catalogue>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("payment-app-").FullName;
    private readonly TestDatabase _database;
    private readonly Dictionary<string, string?> _settings = [];
    private readonly TimeProvider _clock;
    private SandboxServer? _sandbox;

    private Action<IServiceCollection> _configure = _ => { };

    private Shop(TimeProvider clock, bool? isPostgres = null)
    {
        _clock = clock;
        _database = TestDatabase.Create(_folder, isPostgres);
        _settings["ConnectionStrings:Payments"] = _database.Connection;
    }

    public SandboxServer Sandbox => _sandbox!;

    /// <summary>Reads along in the log, and fails the test at the end if a secret stood there.</summary>
    public LogGuard LogGuard { get; } = new();

    /// <summary>Where the demo shop's fulfilment handler writes.</summary>
    public string PackingSlips => Path.Combine(_folder, "packing-slips");

    /// <summary>Where mails are written that are sent to nobody.</summary>
    public string Mails => Path.Combine(_folder, "mails");

    public Uri Address => ClientOptions.BaseAddress;

    public static async Task<Shop> OpenAsync(
        TimeProvider? clock = null, Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var shop = new Shop(clock ?? TimeProvider.System);
        shop._configure = configure ?? shop._configure;
        var options = new SandboxOptions { Url = "http://127.0.0.1:0" };
        shop._sandbox = await SandboxServer.StartAsync(options, clock);
        shop._settings["Orders:PackingSlips"] = shop.PackingSlips;
        shop._settings["Mail:Folder"] = shop.Mails;
        shop._settings["Stripe:SecretKey"] = options.SecretKey;
        shop._settings["Stripe:PublishableKey"] = options.PublishableKey;
        shop._settings["Stripe:ApiBase"] = shop._sandbox.Address.ToString();
        shop._settings["Stripe:StripeJsUrl"] = new Uri(shop._sandbox.Address, "/dahlia/stripe.js").ToString();
        foreach (var (key, value) in settings)
            shop._settings[key] = value;

        return shop.Opened();
    }

    /// <summary>A shop as the first command of the README opens it: no keys, and the sandbox in its own process.</summary>
    public static Shop OpenWithoutKeys()
    {
        var shop = new Shop(TimeProvider.System);
        shop._settings["Orders:PackingSlips"] = shop.PackingSlips;
        shop._settings["Mail:Folder"] = shop.Mails;
        shop._settings["Stripe:SandboxPort"] = "0";
        shop._settings["Stripe:SandboxData"] = Path.Combine(shop._folder, "sandbox.db");
        return shop.Opened();
    }

    /// <summary>What the bank does when the shopper passes its challenge, wherever the browser is by then.</summary>
    public async Task AuthenticateAsync(string intentId)
    {
        using var client = new HttpClient { BaseAddress = Sandbox.Address };
        using var outcome = new FormUrlEncodedContent([new("outcome", "succeed")]);
        using var answer = await client.PostAsync(new Uri($"/_sandbox/payment_intents/{intentId}/challenge", UriKind.Relative), outcome);
        answer.EnsureSuccessStatusCode();
    }

    public override async ValueTask DisposeAsync()
    {
        var stripe = _sandbox?.Address ?? Services.GetRequiredService<EmbeddedSandbox>().Address;
        await base.DisposeAsync();
        if (_sandbox is not null)
            await _sandbox.DisposeAsync();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        LogGuard.AssertNothingLeaked();
        AnswerWatch.Verify(stripe);
    }

    private Shop Opened()
    {
        // Without a port: the factory would set one while the server is perhaps already starting (dotnet/aspnetcore#67714).
        UseKestrel();
        StartServer();
        return this;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseUrls("http://127.0.0.1:0");
        builder.UseEnvironment(_settings.GetValueOrDefault(WebHostDefaults.EnvironmentKey) ?? "Development");
        builder.UseSolutionRelativeContentRoot(".", "*.sln");
        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(_settings));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(_clock);
            services.ConfigureDbContext<LedgerContext>(options => options.AddInterceptors(UnsyncedSqlite.Instance));
            services.AddLogging(logging => logging.ClearProviders().AddProvider(LogGuard).AddFilter<LogGuard>(category: null, LogGuard.Level));
            _configure(services);
        });
    }
}
