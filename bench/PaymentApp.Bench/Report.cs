using System.Globalization;
using System.Runtime.InteropServices;

namespace PaymentApp.Bench;

/// <summary>Prints the tables that were asked for, one after the other.</summary>
internal static class Report
{
    public static async Task PrintAsync(BenchOptions options)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load {Load()}"));
        FileCounter.Install();
        var temporary = Directory.CreateTempSubdirectory("payment-app-bench-").FullName;
        var published = options.Shop ?? temporary;
        try
        {
            if (options.Tables.Any(table => table is BenchOptions.Server or BenchOptions.Scale or BenchOptions.Browser))
                await PrintInProcessAsync(options, published);
            if (options.Tables.Contains(BenchOptions.Throughput))
                (await ThroughputTable.MeasureAsync(published, options.Shoppers, TimeSpan.FromSeconds(options.Seconds))).Print();
            if (options.Tables.Contains(BenchOptions.Memory))
            {
                foreach (var table in await PageTables.MeasureAsync(published, options.Circuits))
                    table.Print();
            }
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    /// <summary>The tables of shops whose ledgers are filled by this process.</summary>
    private static async Task PrintInProcessAsync(BenchOptions options, string published)
    {
        await using var shops = await Shops.OpenAsync(options);
        if (options.Tables.Contains(BenchOptions.Server))
            (await PaymentTable.MeasureAsync(shops.All, options.Payments)).Print();
        if (options.Tables.Contains(BenchOptions.Scale))
            (await ScaleTable.MeasureAsync(shops.All, options.Payments)).Print();
        if (options.Tables.Contains(BenchOptions.Browser))
            (await BrowserTable.MeasureAsync(shops.All[0], published)).Print();
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
