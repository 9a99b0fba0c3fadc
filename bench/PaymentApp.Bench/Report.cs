using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using PaymentApp.Bench.Databases;

namespace PaymentApp.Bench;

/// <summary>Prints the tables that were asked for, one after the other, and how long each took.</summary>
internal sealed class Report
{
    private readonly MarkdownTable _times = new("Time that this took", "What", "seconds");
    private readonly BenchOptions _options;
    private readonly DatabaseSet _databases;
    private readonly string _published;

    private Report(BenchOptions options, DatabaseSet databases, string published) => (_options, _databases, _published) = (options, databases, published);

    public static async Task PrintAsync(BenchOptions options)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load {Load()}, temporary files on {new DriveInfo(Path.GetTempPath()).DriveFormat}"));
        FileCounter.Install();
        using var databases = DatabaseSet.Open(options.Databases);
        if (databases.Note is { } note)
            Console.WriteLine(note);
        var temporary = Directory.CreateTempSubdirectory("payment-app-bench-").FullName;
        try
        {
            await new Report(options, databases, options.Shop ?? temporary).PrintAsync();
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private async Task PrintAsync()
    {
        var clock = Stopwatch.StartNew();
        if (_options.Tables.Any(table => table is BenchOptions.Server or BenchOptions.Scale or BenchOptions.Browser))
            await PrintInProcessAsync();
        await PrintAsync(BenchOptions.Throughput, async () =>
            [await ThroughputTable.MeasureAsync(_published, _databases.All, _options)]);
        await PrintAsync(BenchOptions.Memory, () => PageTables.MeasureAsync(_published, _databases.All[0], _options.Circuits));
        AddTime("all", clock);
        _times.Print();
    }

    /// <summary>The tables of shops whose ledgers are filled by this process.</summary>
    private async Task PrintInProcessAsync()
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<BenchDatabase> databases = _options.Database is { } given ? [new GivenLedgers(given)] : _databases.All;
        await using var shops = await Shops.OpenAsync(databases, _options.Orders);
        AddTime("filling the ledgers", clock);
        await PrintAsync(BenchOptions.Server, async () => [await PaymentTable.MeasureAsync(shops.All, _options.Payments)]);
        await PrintAsync(BenchOptions.Scale, async () => [await ScaleTable.MeasureAsync(shops.All, _options.Payments)]);
        await PrintAsync(BenchOptions.Browser, async () => [await BrowserTable.MeasureAsync(shops.All[0], _published)]);
    }

    /// <summary>Prints what stands under a name, if it was asked for.</summary>
    private async Task PrintAsync(string name, Func<Task<IReadOnlyList<MarkdownTable>>> measure)
    {
        if (!_options.Tables.Contains(name))
            return;
        var clock = Stopwatch.StartNew();
        foreach (var table in await measure())
            table.Print();
        AddTime(name, clock);
    }

    private void AddTime(string what, Stopwatch clock) => _times.Add(what, MarkdownTable.Number(clock.Elapsed.TotalSeconds, 0));

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
