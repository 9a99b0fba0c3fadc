using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Work;
using Stripe;

namespace PaymentApp.Bench;

/// <summary>What the server spends on one payment, beside the same requests without a shop, in turns.</summary>
internal static class PaymentTable
{
    // Their median is told: what the machine did in between falls into one or two.
    private const int Rounds = 9;

    public static async Task<MarkdownTable> MeasureAsync(IReadOnlyList<BenchShop> shops, int payments)
    {
        var table = new MarkdownTable(
            "Server, per payment", "Card", "Database", "What", "CPU ms", "more than the requests", "database CPU ms", "allocated KB", "commands", "fsyncs",
            "written KB");
        using var sandbox = await SandboxProcess.StartAsync();
        using var requests = new BareCalls.OverHttp(sandbox.Address);
        BareCalls[] references = [requests, new BareCalls.OverStripeNet(shops[0].Services.GetRequiredService<StripeClient>())];
        // Stripe.net's client is the first shop's: so is its sandbox.
        SandboxProcess[] banks = [sandbox, shops[0].Sandbox];

        // All cards take the same code: what the compiler still spends on it would count for the first.
        foreach (var card in Card.All)
            await RoundAsync(new Rows(), card, references, banks, shops, payments);

        foreach (var card in Card.All)
        {
            var rows = new Rows();
            for (var round = 0; round < Rounds; round++)
                await RoundAsync(rows, card, references, banks, shops, Math.Max(1, payments / Rounds));
            rows.AddTo(table, card);
        }

        return table;
    }

    private static async Task RoundAsync(
        Rows rows, Card card, BareCalls[] references, SandboxProcess[] banks, IReadOnlyList<BenchShop> shops, int payments)
    {
        foreach (var (calls, bank) in references.Zip(banks))
            rows.Add(new("", calls.Name), await BareAsync(calls, bank, card, payments));
        foreach (var shop in shops)
        {
            var methods = await shop.Sandbox.TypeCardsAsync(card, payments);
            IReadOnlyList<PaymentApp.Payments.OrderId> orders = [];
            var placing = await Cost.OfAsync(shop, async () => (orders = await shop.PlaceAsync(payments)).Count);
            var paying = await Cost.OfAsync(shop, async () =>
            {
                foreach (var (order, method) in orders.Zip(methods))
                    await shop.PayAsync(order, method);
                return payments;
            });
            if (card.HasChallenge)
            {
                await shop.PassChallengesAsync(orders);
                paying += await Cost.OfAsync(shop, async () =>
                {
                    foreach (var order in orders)
                        await shop.ConfirmAsync(order);
                    return 0;
                });
            }

            rows.Add(Row("paying"), paying);
            if (card == Card.Good)
                rows.Add(Row("placing the order"), placing);
            var fulfilling = await Cost.OfAsync(shop, () => shop.WorkAsync(WorkKind.Fulfilment));
            if (card == Card.Good)
                rows.Add(Row("fulfilment, later"), fulfilling);

            Row Row(string what) => new(shop.Database.Name, $"{what}, {MarkdownTable.Count(shop.Orders)} orders");
        }
    }

    private static async Task<Cost> BareAsync(BareCalls calls, SandboxProcess bank, Card card, int payments)
    {
        var methods = await bank.TypeCardsAsync(card, payments);
        var intents = new List<string?>();
        var cost = await Cost.OfAsync(shop: null, async () =>
        {
            foreach (var method in methods)
                intents.Add(await calls.CreateAsync(method));
            return payments;
        });
        if (!card.HasChallenge)
            return cost;

        await bank.PassChallengesAsync(intents.OfType<string>());
        return cost + await Cost.OfAsync(shop: null, async () =>
        {
            foreach (var intent in intents.OfType<string>())
                await calls.ConfirmAsync(intent);
            return 0;
        });
    }

    /// <summary>The rows of one card, in the order in which they were first measured; the first is the reference.</summary>
    private sealed class Rows
    {
        private readonly List<Row> _rows = [];
        private readonly Dictionary<Row, List<Cost>> _costs = [];

        public void Add(Row row, Cost cost)
        {
            if (_costs.TryAdd(row, []))
                _rows.Add(row);
            _costs[row].Add(cost);
        }

        public void AddTo(MarkdownTable table, Card card)
        {
            var reference = MedianOf(_rows[0]);
            foreach (var row in _rows)
            {
                var milliseconds = MedianOf(row);
                var cost = _costs[row].Aggregate((one, other) => one + other);
                table.Add(
                    card.Name,
                    row.Database,
                    row.What,
                    MarkdownTable.Number(milliseconds, 2),
                    row == _rows[0] ? "" : MarkdownTable.Difference(milliseconds - reference),
                    MarkdownTable.Number(cost.Database.Processor?.TotalMilliseconds / cost.Times, 2),
                    MarkdownTable.Number(cost.Allocated / 1024d / cost.Times, 0),
                    MarkdownTable.Number((double)cost.Commands / cost.Times),
                    MarkdownTable.Number((double?)cost.Database.Synced / cost.Times, 2),
                    MarkdownTable.Number(cost.Database.Written / 1024d / cost.Times, 0));
            }
        }

        private double MedianOf(Row row) => _costs[row].Select(cost => cost.Milliseconds).Order().ElementAt(_costs[row].Count / 2);
    }

    /// <param name="Database">Empty where there is none.</param>
    private sealed record Row(string Database, string What);
}
