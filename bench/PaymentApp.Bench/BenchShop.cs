using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaymentApp.Bench.Databases;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Bench;

/// <summary>
/// A shop in this process, with a number of orders in its ledger and a sandbox of its own. Its worker works when it is told,
/// so that what a shopper waits for and what is done later are measured apart.
/// </summary>
internal sealed class BenchShop : IAsyncDisposable
{
    /// <summary>Production refuses a sandbox; Development checks what a deployed shop does not.</summary>
    public static readonly string EnvironmentName = Environments.Staging;

    private readonly WebApplication _app;
    private readonly Product _product;

    private BenchShop(
        WebApplication app, BenchDatabase database, SandboxProcess sandbox, CommandCounter commands, IReadOnlyList<KeyValuePair<string, string?>> settings, int orders)
    {
        (_app, Database, Sandbox, Commands, Settings, Orders) = (app, database, sandbox, commands, settings, orders);
        _product = Services.GetRequiredService<Catalogue>().Products[0];
    }

    /// <summary>Where its ledger is, among those of others.</summary>
    public BenchDatabase Database { get; }

    public IDbContextFactory<LedgerContext> Ledger => Services.GetRequiredService<IDbContextFactory<LedgerContext>>();

    public SandboxProcess Sandbox { get; }

    public CommandCounter Commands { get; }

    /// <summary>How many orders its ledger began with.</summary>
    public int Orders { get; }

    /// <summary>With them another process opens the same shop.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.First());

    /// <param name="folder">Where its files may be.</param>
    public static async Task<BenchShop> OpenAsync(BenchDatabase database, string folder, int orders)
    {
        var sandbox = await SandboxProcess.StartAsync();
        var commands = new CommandCounter();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "PaymentApp",
            EnvironmentName = EnvironmentName,
            ContentRootPath = folder,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        var settings = SettingsOf(database.NewLedger(orders, folder), folder, sandbox.Address);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.AddPaymentApp();
        builder.Services.ConfigureDbContext<LedgerContext>(options => options.AddInterceptors(commands));
        StopWorker(builder.Services);
        var app = builder.Build();
        app.UsePaymentApp();
        await app.StartAsync();
        var shop = new BenchShop(app, database, sandbox, commands, settings, orders);
        await SeededLedger.FillAsync(shop.Ledger, orders);
        return shop;
    }

    /// <summary>The settings of a shop that takes payments as fast as it can.</summary>
    /// <param name="folder">Where it keeps its files.</param>
    public static IReadOnlyList<KeyValuePair<string, string?>> SettingsOf(string connection, string folder, Uri sandbox) =>
    [
        new(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0"),
        new("ConnectionStrings:Payments", connection),
        new("Ledger:MigrateOnStart", "true"),
        new("Stripe:SecretKey", SandboxProcess.Keys.SecretKey),
        new("Stripe:PublishableKey", SandboxProcess.Keys.PublishableKey),
        new("Stripe:ApiBase", sandbox.ToString()),
        new("Stripe:StripeJsUrl", new Uri(sandbox, "/dahlia/stripe.js").ToString()),
        new("Webhooks:Mode", nameof(WebhookMode.FetchOnly)),
        new("Payments:AttemptsOverall", "1000000"),
        new("Payments:QuestionsPerAddress", "1000000"),
        new("Payments:QuestionsOverall", "1000000"),
        new("Orders:PackingSlips", Path.Combine(folder, "packing-slips")),
        new("DataProtection:KeysFolder", Path.Combine(folder, "keys")),
    ];

    public async Task<IReadOnlyList<OrderId>> PlaceAsync(int count)
    {
        var book = Services.GetRequiredService<IOrderBook>();
        var placed = new List<OrderId>();
        while (placed.Count < count)
            placed.Add((await book.PlaceAsync(_product)).Id);
        return placed;
    }

    /// <summary>Pays an order in a scope of its own, as a circuit does.</summary>
    public async Task PayAsync(OrderId order, string paymentMethod)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IPaymentService>().PayAsync(order, paymentMethod);
    }

    /// <summary>Goes on with a payment once its shopper has passed the challenge.</summary>
    public async Task ConfirmAsync(OrderId order)
    {
        await using var scope = Services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<IPaymentService>().ConfirmAsync(order, PaymentActor.Shopper);
        if (outcome is not PaymentOutcome.Succeeded)
            throw new InvalidOperationException($"A payment whose challenge was passed came out as {outcome.GetType().Name}.");
    }

    public async Task<Payment> FindAsync(OrderId order) =>
        await Services.GetRequiredService<IPaymentLedger>().FindAsync(order) ?? throw new InvalidOperationException("The order is gone.");

    /// <summary>Has the shoppers of these orders pass their challenges.</summary>
    public async Task PassChallengesAsync(IEnumerable<OrderId> orders)
    {
        var intents = new List<string>();
        foreach (var order in orders)
            intents.Add((await FindAsync(order)).Intent!.Value.Value);
        await Sandbox.PassChallengesAsync(intents);
    }

    public Task ScheduleAsync(WorkKind kind, string subject) =>
        Services.GetRequiredService<IWorkQueue>().ScheduleAsync(kind, subject, DateTime.UtcNow);

    /// <summary>Does all the work that is due; returns how many items of a kind were among it.</summary>
    public async Task<int> WorkAsync(WorkKind counted) =>
        (await Services.GetRequiredService<WorkProcessor>().RunDueAsync()).Count(item => item.Kind == counted);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Sandbox.Dispose();
    }

    private static void StopWorker(IServiceCollection services)
    {
        var loops = services.Where(service => service.ServiceType == typeof(IHostedService)
            && (service.ImplementationFactory is Func<IServiceProvider, WorkProcessor> || service.ImplementationType == typeof(CatchUpStart))).ToList();
        foreach (var loop in loops)
            services.Remove(loop);
    }
}
