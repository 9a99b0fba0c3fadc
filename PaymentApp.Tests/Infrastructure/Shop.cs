using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
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
    private readonly string folder = Directory.CreateTempSubdirectory("payment-app-").FullName;
    private readonly Dictionary<string, string?> settings = [];
    private readonly TimeProvider clock;
    private SandboxServer? sandbox;

    private Action<IServiceCollection> configure = _ => { };

    private Shop(TimeProvider clock) => this.clock = clock;

    public SandboxServer Sandbox => sandbox!;

    /// <summary>Reads along in the log, and fails the test at the end if a secret stood there.</summary>
    public LogGuard LogGuard { get; } = new();

    /// <summary>Where the demo shop's fulfilment handler writes.</summary>
    public string PackingSlips => Path.Combine(folder, "packing-slips");

    /// <summary>Where mails are written that are sent to nobody.</summary>
    public string Mails => Path.Combine(folder, "mails");

    public Uri Address => ClientOptions.BaseAddress;

    public static async Task<Shop> OpenAsync(
        TimeProvider? clock = null, Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var shop = new Shop(clock ?? TimeProvider.System);
        shop.configure = configure ?? shop.configure;
        var options = new SandboxOptions { Url = "http://127.0.0.1:0" };
        shop.sandbox = await SandboxServer.StartAsync(options, clock);
        shop.settings["ConnectionStrings:Payments"] = $"Data Source={Path.Combine(shop.folder, "payments.db")}";
        shop.settings["Orders:PackingSlips"] = shop.PackingSlips;
        shop.settings["Mail:Folder"] = shop.Mails;
        shop.settings["Stripe:SecretKey"] = options.SecretKey;
        shop.settings["Stripe:PublishableKey"] = options.PublishableKey;
        shop.settings["Stripe:ApiBase"] = shop.sandbox.Address.ToString();
        shop.settings["Stripe:StripeJsUrl"] = new Uri(shop.sandbox.Address, "/dahlia/stripe.js").ToString();
        foreach (var (key, value) in settings)
            shop.settings[key] = value;

        return shop.Opened();
    }

    /// <summary>A shop as the first command of the README opens it: no keys, and the sandbox in its own process.</summary>
    public static Shop OpenWithoutKeys()
    {
        var shop = new Shop(TimeProvider.System);
        shop.settings["ConnectionStrings:Payments"] = $"Data Source={Path.Combine(shop.folder, "payments.db")}";
        shop.settings["Orders:PackingSlips"] = shop.PackingSlips;
        shop.settings["Mail:Folder"] = shop.Mails;
        shop.settings["Stripe:SandboxPort"] = "0";
        shop.settings["Stripe:SandboxData"] = Path.Combine(shop.folder, "sandbox.db");
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
        var stripe = sandbox?.Address ?? Services.GetRequiredService<EmbeddedSandbox>().Address;
        await base.DisposeAsync();
        if (sandbox is not null)
            await sandbox.DisposeAsync();
        using (var connection = new SqliteConnection(settings["ConnectionStrings:Payments"]))
            SqliteConnection.ClearPool(connection);
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
        LogGuard.AssertNothingLeaked();
        AnswerWatch.Verify(stripe);
    }

    private Shop Opened()
    {
        UseKestrel(0);
        StartServer();
        return this;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(settings.GetValueOrDefault(WebHostDefaults.EnvironmentKey) ?? "Development");
        builder.UseSolutionRelativeContentRoot(".", "*.sln");
        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(settings));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(clock);
            services.ConfigureDbContext<LedgerContext>(options => options.AddInterceptors(UnsyncedSqlite.Instance));
            services.AddLogging(logging => logging.AddProvider(LogGuard).AddFilter<LogGuard>(category: null, LogLevel.Debug));
            configure(services);
        });
    }
}
