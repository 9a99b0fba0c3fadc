using System.Text;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Telemetry;
using Xunit.Abstractions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>
/// Invariant 7: a card number never reaches the shop. Three cards are typed, and then looked for wherever the shop could
/// have them. They are cards that the shop's own panel of test cards does not name.
/// </summary>
public sealed class CardNumberCanaryTests(ITestOutputHelper output)
{
    private const string Succeeds = "5200828282828210";
    private const string Declined = "4000000000000002";
    private const string Challenged = "4000002760003184";

    private static readonly string[] Traces =
        [.. new[] { Succeeds, Declined, Challenged }.SelectMany(number => new[] { number, Grouped(number, ' '), Grouped(number, '-') })];

    [FullFact]
    public async Task No_card_number_is_in_the_shops_requests_log_files_telemetry_or_memory()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var shop = await ShopProcess.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"), ("OTEL_BSP_SCHEDULE_DELAY", "500"));
        await shop.ReceiveWebhooksAsync();
        await BrowserSession.RunAsync(async session =>
        {
            var sent = new BrowserTraffic(session.Page);

            var declined = await CheckoutScreen.BuyAsync(session, shop.Address);
            await declined.PayWithAsync(Declined);
            await declined.FailedAsync("declined");
            await declined.PayWithAsync(Challenged);
            await declined.Challenge.CompleteAsync();
            await declined.PaidAsync();

            var paid = await CheckoutScreen.BuyAsync(session, shop.Address, "Desk lamp");
            await paid.PayWithAsync(Succeeds);
            await paid.PaidAsync();
            var order = paid.Order.Value;

            // The numbers went to Stripe, and what is searched is where the order is found.
            Assert.All([Succeeds, Declined, Challenged], number => Assert.True(sent.Holds(shop.Sandbox.Address, number)));
            Assert.True(sent.Holds(shop.Address, order));
            Assert.NotEqual(0, sent.FramesTo(shop.Address));
            Assert.DoesNotContain(Traces, trace => sent.Holds(shop.Address, trace));

            Assert.Contains(order, shop.Log, StringComparison.Ordinal);
            Assert.Contains("dbug: ", shop.Log, StringComparison.Ordinal);
            Assert.DoesNotContain(Traces, trace => shop.Log.Contains(trace, StringComparison.Ordinal));

            await Eventually.TrueAsync(() => collector.Received("/v1/traces").Contains("fulfil order", StringComparison.Ordinal)
                && collector.Received("/v1/metrics").Contains("payments.outcomes", StringComparison.Ordinal));
            var exported = collector.Received("/v1/traces") + collector.Received("/v1/metrics");
            Assert.All(["pay order", "confirm payment", "process event"], name => Assert.Contains(name, exported, StringComparison.Ordinal));
            Assert.DoesNotContain([.. Traces, order], trace => exported.Contains(trace, StringComparison.Ordinal));

            var files = FilesOf(shop);
            Assert.Contains(files, file => Holds(file, order));
            Assert.DoesNotContain(files, file => Traces.Any(trace => Holds(file, trace)));

            if (OperatingSystem.IsLinux())
                Assert.Equal([order], ProcessMemory.Find(shop.Id, [order, .. Traces]));
            else
                output.WriteLine("The memory of another process is read on Linux only: requests, log and files were searched.");
        });
    }

    private static string Grouped(string number, char separator) => string.Join(separator, number.Chunk(4).Select(group => new string(group)));

    private static bool Holds(byte[] file, string text) =>
        file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0 || file.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    /// <summary>The ledger with its write-ahead log, and whatever else the process left.</summary>
    private static List<byte[]> FilesOf(ShopProcess shop)
    {
        var names = Directory.GetFiles(shop.Folder, "*", SearchOption.AllDirectories);
        if (shop.DumpLedger() is { } ledger)
            return [.. names.Select(Read), Encoding.UTF8.GetBytes(ledger)];
        Assert.Contains(names, name => name.EndsWith("payments.db-wal", StringComparison.Ordinal));
        return [.. names.Select(Read)];
    }

    private static byte[] Read(string name)
    {
        using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
