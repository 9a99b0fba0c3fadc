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
        await using var shops = await Shops.OpenAsync(options);
        if (options.Tables.Contains(BenchOptions.Server))
            (await PaymentTable.MeasureAsync(shops.All, options.Payments)).Print();
        if (options.Tables.Contains(BenchOptions.Scale))
            (await ScaleTable.MeasureAsync(shops.All, options.Payments)).Print();
        if (options.Tables.Contains(BenchOptions.Browser))
            (await BrowserTable.MeasureAsync(shops.All[0])).Print();
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
