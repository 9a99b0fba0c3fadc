using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using PaymentApp.Bench.Load;

namespace PaymentApp.Bench;

/// <summary>Payments a second through circuits, by so many shoppers at once, beside their bare requests to Stripe.</summary>
internal static class ThroughputTable
{
    private const int WarmUpShoppers = 10;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BareTime = TimeSpan.FromSeconds(3);

    private static readonly double[] Shown = [0.5, 0.95, 0.99];

    // Who has waited that long after the last has come gives up.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<MarkdownTable> MeasureAsync(string published, IReadOnlyList<int> shoppers, TimeSpan beginFor)
    {
        var table = new MarkdownTable(
            "Throughput, payments through circuits", "Shoppers", "What", "per second",
            "click to complete ms, p50", "p95", "p99", "whole visit ms, p50", "p95", "p99",
            "asked again", "gave up", "shop CPU", "sandbox CPU", "generator CPU", "others");
        using var shop = await LoadShop.StartAsync(published);
        using var requests = new BareCalls.OverHttp(shop.Sandbox.Address);
        IReadOnlyList<Func<TimeSpan>> processors =
            [() => shop.Server.Processor, () => shop.Sandbox.Processor, () => Environment.CpuUsage.TotalTime];
        var cards = new CardSupply(shop.Sandbox);
        var (paid, gaveUp) = (0, 0);

        await BareAsync(WarmUpShoppers);
        var rate = (await VisitAsync(WarmUpShoppers, WarmUp)).PerSecond;
        foreach (var count in shoppers)
        {
            await cards.FillAsync((int)(2 * rate * BareTime.TotalSeconds) + count);
            var bare = await BareAsync(count);
            await cards.FillAsync((int)(2 * rate * beginFor.TotalSeconds) + count);
            var before = gaveUp;
            var visits = await VisitAsync(count, beginFor);
            rate = visits.PerSecond;
            table.Add([MarkdownTable.Count(count), "create and confirm alone", Number(bare.PerSecond), .. Percentiles(bare, answer => answer.After), "", "", "", "", "", .. Shares(bare)]);
            table.Add(
                [
                    MarkdownTable.Count(count), "payment", Number(visits.PerSecond),
                    .. Percentiles(visits, visit => visit.Paid), .. Percentiles(visits, visit => visit.Whole),
                    MarkdownTable.Count(visits.Done.Sum(visit => visit.Refusals)), MarkdownTable.Count(gaveUp - before), .. Shares(visits),
                ]);
        }

        // Who gave up may have been charged all the same, once.
        await shop.Sandbox.ExpectOneChargeEachAsync(paid, paid + gaveUp);
        return table;

        Task<LoadRun<Answer>> BareAsync(int count) => LoadRun<Answer>.MeasureAsync(count, BareTime, processors, async () =>
        {
            var card = await cards.TakeAsync();
            var clock = Stopwatch.StartNew();
            if (await requests.CreateAsync(card) is null)
                throw new InvalidOperationException("The sandbox refused a payment.");
            return new Answer(clock.Elapsed);
        });

        async Task<LoadRun<VisitTimes>> VisitAsync(int count, TimeSpan time)
        {
            var clock = Stopwatch.StartNew();
            var visits = await LoadRun<VisitTimes>.MeasureAsync(count, time, processors, async () =>
            {
                try
                {
                    return await CheckoutVisit.PayAsync(shop.Address, cards.TakeAsync).WaitAsync(time + Patience - clock.Elapsed);
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

    private static IEnumerable<string> Shares<T>(LoadRun<T> run)
        where T : class =>
        run.Shares.Select(share => MarkdownTable.Number(100 * share, 0) + "%");

    private static string Number(double value) => MarkdownTable.Number(value);

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
