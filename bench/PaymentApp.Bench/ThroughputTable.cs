using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using PaymentApp.Bench.Databases;
using PaymentApp.Bench.Load;

namespace PaymentApp.Bench;

/// <summary>Payments a second through circuits, by so many shoppers at once, beside their bare requests to Stripe.</summary>
internal static class ThroughputTable
{
    private const int WarmUpShoppers = 10;

    // More would only show how many processes two cores can bear.
    private const int MostOnSeveralNodes = 100;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BareTime = TimeSpan.FromSeconds(2);

    private static readonly double[] Shown = [0.5, 0.95, 0.99];

    // Who has waited that long after the last has come gives up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<MarkdownTable> MeasureAsync(string published, IReadOnlyList<BenchDatabase> databases, BenchOptions options)
    {
        var table = new MarkdownTable(
            "Throughput, payments through circuits", "Database", "Nodes", "Shoppers", "What", "per second",
            "click to complete ms, p50", "p95", "p99", "whole visit ms, p50", "p95", "p99",
            "asked again", "gave up", "shop CPU", "database CPU", "sandbox CPU", "generator CPU", "others");
        await AddBareAsync(table, options.Shoppers);
        foreach (var database in databases)
        {
            foreach (var nodes in options.Nodes.Where(nodes => nodes == 1 || database.TakesNodes))
                await AddAsync(table, published, database, nodes, options);
        }

        return table;
    }

    private static async Task AddBareAsync(MarkdownTable table, IReadOnlyList<int> shoppers)
    {
        using var sandbox = await SandboxProcess.StartAsync();
        using var requests = new BareCalls.OverHttp(sandbox.Address);
        var cards = new CardSupply(sandbox);
        var rate = (await RunAsync(WarmUpShoppers)).PerSecond;
        foreach (var count in shoppers)
        {
            await cards.FillAsync((int)(2 * rate * BareTime.TotalSeconds) + count);
            var run = await RunAsync(count);
            rate = run.PerSecond;
            table.Add(
                [
                    "", "", MarkdownTable.Count(count), "create and confirm alone", MarkdownTable.Number(rate), .. Percentiles(run, answer => answer.After),
                    "", "", "", "", "", "", "", .. run.Shares.Select(Percent),
                ]);
        }

        Task<LoadRun<Answer>> RunAsync(int count) => LoadRun<Answer>.MeasureAsync(
            count, BareTime, [() => sandbox.Processor, () => Environment.CpuUsage.TotalTime], async () =>
            {
                var card = await cards.TakeAsync();
                var clock = Stopwatch.StartNew();
                if (await requests.CreateAsync(card) is null)
                    throw new InvalidOperationException("The sandbox refused a payment.");
                return new Answer(clock.Elapsed);
            });
    }

    private static async Task AddAsync(MarkdownTable table, string published, BenchDatabase database, int nodes, BenchOptions options)
    {
        using var shop = await LoadShop.StartAsync(published, database, nodes);
        var beginFor = TimeSpan.FromSeconds(options.Seconds);
        IReadOnlyList<Func<TimeSpan>> processors =
            [() => shop.Processor, () => database.Processor ?? TimeSpan.Zero, () => shop.Sandbox.Processor, () => Environment.CpuUsage.TotalTime];
        var cards = new CardSupply(shop.Sandbox);
        var (paid, gaveUp) = (0, 0);

        var rate = (await RunAsync(WarmUpShoppers * nodes, WarmUp)).PerSecond;
        // Of fewer shoppers than nodes some nodes would see nobody.
        foreach (var count in options.Shoppers.Where(count => nodes == 1 || count is <= MostOnSeveralNodes && count >= nodes))
        {
            await cards.FillAsync((int)(2 * rate * beginFor.TotalSeconds) + count);
            var before = gaveUp;
            var run = await RunAsync(count, beginFor);
            rate = run.PerSecond;
            var shares = run.Shares.Select(Percent).ToArray();
            if (database.Processor is null)
                shares[1] = "";
            table.Add(
                [
                    database.Name, MarkdownTable.Count(nodes), MarkdownTable.Count(count), "payment", MarkdownTable.Number(rate),
                    .. Percentiles(run, visit => visit.Paid), .. Percentiles(run, visit => visit.Whole),
                    MarkdownTable.Count(run.Done.Sum(visit => visit.Refusals)), MarkdownTable.Count(gaveUp - before), .. shares,
                ]);
        }

        // Who gave up may have been charged all the same, once.
        await shop.Sandbox.ExpectOneChargeEachAsync(paid, paid + gaveUp);

        async Task<LoadRun<VisitTimes>> RunAsync(int count, TimeSpan time)
        {
            var clock = Stopwatch.StartNew();
            var visits = await LoadRun<VisitTimes>.MeasureAsync(count, time, processors, async () =>
            {
                try
                {
                    return await CheckoutVisit.PayAsync(shop.NextAddress, cards.TakeAsync).WaitAsync(time + Patience - clock.Elapsed);
                }
                catch (Exception failure) when (failure is TimeoutException or HttpRequestException or WebSocketException or OperationCanceledException)
                {
                    Interlocked.Increment(ref gaveUp);
                    return null;
                }
            });
            paid += visits.Done.Count;
            return visits;
        }
    }

    private static IEnumerable<string> Percentiles<T>(LoadRun<T> run, Func<T, TimeSpan> figure)
        where T : class =>
        Shown.Select(share => MarkdownTable.Number(run.Percentile(share, figure).TotalMilliseconds, 0));

    private static string Percent(double share) => MarkdownTable.Number(100 * share, 0) + "%";

    /// <summary>The sandbox's, to a request.</summary>
    private sealed record Answer(TimeSpan After);

    /// <summary>PaymentMethods that were made beforehand: the card element's work is no part of what is measured.</summary>
    private sealed class CardSupply(SandboxProcess sandbox)
    {
        private readonly ConcurrentQueue<string> _methods = [];

        public async Task FillAsync(int count)
        {
            foreach (var method in await sandbox.TypeCardsAsync(Card.Good, Math.Max(0, count - _methods.Count)))
                _methods.Enqueue(method);
        }

        public async Task<string> TakeAsync() =>
            _methods.TryDequeue(out var method) ? method : (await sandbox.TypeCardsAsync(Card.Good, 1))[0];
    }
}
