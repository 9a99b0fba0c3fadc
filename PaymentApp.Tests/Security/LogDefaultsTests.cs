using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Killing;
using PaymentApp.Work;
using StripeSandbox;

namespace PaymentApp.Tests.Security;

/// <summary>What the shop writes into its log with the settings that it comes with: an order's id is all that guards the order.</summary>
public sealed partial class LogDefaultsTests
{
    private const string Forged = "2026-01-01 FORGED LINE";

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task No_log_line_scope_or_exception_names_an_order_by_its_id(string environment)
    {
        using var logs = new LogCapture();
        await using var shop = await Shop.OpenAsync(
            configure: services =>
            {
                ManualShop.StopLoops(services);
                services.AddSingleton<ILoggerProvider>(logs);
                services.AddScoped<IOrderBook, BrokenBook>();
            },
            settings: environment == "Production" ? ProductionShop.Settings : []);
        var order = OrderId.New().Value;
        var address = shop.Address.GetLeftPart(UriPartial.Authority);
        using var client = new HttpClient();

        foreach (var path in new[] { $"/orders/{order}", $"/checkout/{order}", $"/orders/{order}/none", $"//orders/{order}", $"/?order={order}" })
        {
            using var read = await client.GetAsync(new Uri(address + path));
            using var nothing = new StringContent("");
            using var posted = await client.PostAsync(new Uri(address + path), nothing);
        }

        Assert.Contains(logs.Entries, entry => entry.Text.Contains(BrokenBook.Inside, StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Entries, entry => entry.Text.Contains(order, StringComparison.Ordinal));
    }

    [FullFact]
    public async Task Outside_Development_each_line_is_one_JSON_object_whatever_is_asked_for()
    {
        var keys = new SandboxOptions { Url = "http://127.0.0.1:0" };
        await using var sandbox = await SandboxServer.StartAsync(keys);
        var folder = Directory.CreateTempSubdirectory("payment-app-");
        using (var process = ChildProcess.Start(
            [typeof(IPaymentService).Assembly.Location],
            new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Staging",
                ["DOTNET_ENVIRONMENT"] = "Staging",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["HOME"] = folder.FullName,
                ["ConnectionStrings:Payments"] = $"Data Source={Path.Combine(folder.FullName, "payments.db")}",
                ["Orders:PackingSlips"] = Path.Combine(folder.FullName, "slips"),
                ["Stripe:SecretKey"] = keys.SecretKey,
                ["Stripe:PublishableKey"] = keys.PublishableKey,
                ["Stripe:ApiBase"] = sandbox.Address.ToString(),
                ["Stripe:StripeJsUrl"] = new Uri(sandbox.Address, "/dahlia/stripe.js").ToString(),
            },
            Repository.Root,
            "Now listening on"))
        {
            var line = await process.Ready ?? throw new InvalidOperationException("The shop did not start:\n" + process.Said);
            using var visitor = Visitor.At(new Uri(ListeningAt().Match(line).Groups[1].Value));
            var placed = (await visitor.BuyAsync(("product", "pour-over-kettle"))).Location!.Segments[^1];
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/checkout/{placed}")).Status);
            foreach (var path in new[] { $"/%0A{Forged}", $"/orders/%0D%0A{Forged}", $"/desk/%1B[2J%0A{Forged}", $"/?%0A{Forged}" })
                await visitor.GetAsync(path.Replace(" ", "%20", StringComparison.Ordinal));

            Assert.NotEmpty(process.Lines);
            Assert.All(process.Lines, said => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(said).RootElement.ValueKind));
            Assert.DoesNotContain("FORGED", process.Said, StringComparison.Ordinal);
            Assert.DoesNotContain(placed, process.Said, StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(nameof(WorkKind.Look))]
    [InlineData(nameof(WorkKind.Fulfilment))]
    public async Task Work_that_fails_is_named_without_the_orders_id(string name)
    {
        var kind = Enum.Parse<WorkKind>(name);
        await using var shop = await ManualShop.OpenAsync(services => services.AddKeyedScoped<IWorkHandler, FailingWork>(kind));
        var order = await shop.OrderTriedWithAsync(ManualShop.GoodCard);
        await shop.Services.GetRequiredService<IWorkQueue>().ScheduleAsync(kind, order.Value, shop.Now);

        while ((await shop.WorkAsync(kind, order.Value))!.Status is not WorkStatus.Parked)
        {
            await shop.RunDueAsync();
            shop.Clock.Advance(TimeSpan.FromHours(6));
        }

        var written = shop.Logs.Entries.Where(entry => entry.Level >= LogLevel.Warning && entry.Text.Contains($"Work {kind}", StringComparison.Ordinal)).ToList();
        Assert.Contains(written, entry => entry.Level is LogLevel.Warning);
        Assert.Contains(written, entry => entry.Level is LogLevel.Error);
        Assert.All(written, entry => Assert.DoesNotContain(order.Value, entry.Text, StringComparison.Ordinal));
    }

    private sealed class FailingWork : IWorkHandler
    {
        public Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken) => throw new InvalidOperationException("This test lets it fail.");
    }

    [GeneratedRegex(@"Now listening on: (http://[^\s""]+)")]
    private static partial Regex ListeningAt();

    private sealed class BrokenBook : IOrderBook
    {
        public const string Inside = "the ledger of this test is broken";

        public Task<Order> PlaceAsync(Product product, PurchaseToken? purchase = null, string? language = null, CancellationToken cancellationToken = default) => throw new InvalidOperationException(Inside);

        public Task<Order?> FindAsync(Product product, PurchaseToken purchase, CancellationToken cancellationToken = default) => throw new InvalidOperationException(Inside);

        public Task<OrderStanding?> FindAsync(OrderId id, CancellationToken cancellationToken = default) => throw new InvalidOperationException(Inside);
    }
}
