using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Bench;

/// <summary>What people and workers ask of a shop, in small and large ledgers, in turns.</summary>
internal static class ScaleTable
{
    private const int Rounds = 3;

    // As many as a page of the desk shows.
    private const int PageLength = 50;

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    private static PaymentFilter Month => new(new DayRange(Today.AddDays(1 - DayRange.UsualDays), Today));

    private static PaymentFilter Year => new(DayRange.LongestUntil(Today));

    public static async Task<MarkdownTable> MeasureAsync(IReadOnlyList<BenchShop> shops, int times)
    {
        var sizes = shops.Select(shop => shop.Orders).Distinct().Select(MarkdownTable.Count);
        var table = new MarkdownTable("CPU ms of shop and database with so many orders", ["Database", "What", .. sizes, "last to first"]);
        foreach (var (name, prepare) in Operations())
        {
            var costs = shops.ToDictionary(shop => shop, _ => Cost.Nothing);
            // The first round warms up.
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var shop in shops)
                {
                    var run = await prepare(shop, Math.Max(1, times / Rounds));
                    var cost = await Cost.OfAsync(shop, run);
                    if (round > 0)
                        costs[shop] += cost;
                }
            }

            foreach (var same in shops.GroupBy(shop => shop.Database))
            {
                var figures = same.Select(shop => costs[shop].MillisecondsWithDatabase).ToList();
                table.Add(
                    [
                        same.Key.Name, name, .. figures.Select(figure => MarkdownTable.Number(figure, 2)),
                        MarkdownTable.Number(figures[^1] / figures[0], 2) + "x",
                    ]);
            }
        }

        return table;
    }

    private static IEnumerable<(string Name, Func<BenchShop, int, Task<Func<Task<int>>>> Prepare)> Operations()
    {
        yield return ("place an order and pay it", PayAsync);
        yield return ("the order's page", OrderPageAsync);
        yield return ("desk: newest payments of 30 days", Desk((desk, _) => desk.ListAsync(Month, after: null, PageLength)));
        yield return ("desk: their sums", Desk((desk, _) => desk.TotalAsync(Month)));
        yield return ("desk: find a PaymentIntent", Desk((desk, n) => desk.FindOrderAsync($"pi_{n:x32}")));
        yield return ("desk: find an e-mail address, a year back", Desk((desk, n) => desk.ListAsync(ByEmail(n), after: null, PageLength)));
        yield return ("desk: find last four digits, a year back", Desk((desk, n) => desk.ListAsync(Year with { Last4 = $"{n:0000}" }, after: null, PageLength)));
        yield return ("desk: one payment", Desk((desk, n) => desk.HistoryAsync(OrderId.Parse($"{n:x32}"))));
        yield return ("desk: insights of 30 days", Desk((desk, _) => desk.CountAttemptsAsync(Month.Days)));
        yield return ("desk: attention", Desk((desk, _) => desk.AttentionAsync(PageLength)));
        yield return ("sweep: look at an order in a challenge", SweepAsync);
        yield return ("catch-up: read and process an event", CatchUpAsync);
    }

    private static PaymentFilter ByEmail(int n) => Year with { Email = new SearchedEmail(EmailAddress.Parse($"ada.{n % 100}@mail.example"), "") };

    private static async Task<Func<Task<int>>> PayAsync(BenchShop shop, int times)
    {
        var methods = await shop.Sandbox.TypeCardsAsync(Card.Good, times);
        return async () =>
        {
            foreach (var (order, method) in (await shop.PlaceAsync(times)).Zip(methods))
                await shop.PayAsync(order, method);
            return times;
        };
    }

    private static async Task<Func<Task<int>>> OrderPageAsync(BenchShop shop, int times)
    {
        var http = new HttpClient { BaseAddress = shop.Address };
        var page = new Uri($"/orders/{(await shop.PlaceAsync(1))[0].Value}", UriKind.Relative);
        return async () =>
        {
            using (http)
            {
                for (var time = 0; time < times; time++)
                    await http.GetByteArrayAsync(page);
            }

            return times;
        };
    }

    private static Func<BenchShop, int, Task<Func<Task<int>>>> Desk<T>(Func<IDeskLedger, int, Task<T>> ask) => (shop, times) =>
        Task.FromResult<Func<Task<int>>>(async () =>
        {
            var desk = shop.Services.GetRequiredService<IDeskLedger>();
            for (var time = 1; time <= times; time++)
                await ask(desk, 1 + (time % shop.Orders));
            return times;
        });

    private static async Task<Func<Task<int>>> SweepAsync(BenchShop shop, int times)
    {
        // What others left behind is done before.
        await shop.WorkAsync(WorkKind.Look);
        foreach (var (order, method) in (await shop.PlaceAsync(times)).Zip(await shop.Sandbox.TypeCardsAsync(Card.Challenged, times)))
        {
            await shop.PayAsync(order, method);
            await shop.ScheduleAsync(WorkKind.Look, order.Value);
        }

        return () => shop.WorkAsync(WorkKind.Look);
    }

    private static async Task<Func<Task<int>>> CatchUpAsync(BenchShop shop, int times)
    {
        foreach (var (order, method) in (await shop.PlaceAsync(times)).Zip(await shop.Sandbox.TypeCardsAsync(Card.Good, times)))
            await shop.PayAsync(order, method);
        await shop.WorkAsync(WorkKind.Fulfilment);
        await shop.ScheduleAsync(WorkKind.CatchUp, EventCatchUp.Subject);
        return () => shop.WorkAsync(WorkKind.Event);
    }
}
