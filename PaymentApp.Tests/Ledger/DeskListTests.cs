using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Queries;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Ledger;

public sealed class DeskListTests : IDisposable
{
    private const int Payments = 12;

    private static readonly PaymentFilter Everything = PaymentFilter.Read("2026-01-01", "2026-01-01", null, null, null, null, null, new DateOnly(2026, 1, 1));

    private readonly QueryPlans _plans = new();
    private readonly TestLedger _ledger;
    private readonly ITestOutputHelper _output;

    public DeskListTests(ITestOutputHelper output) => (_ledger, _output) = (new TestLedger(_plans), output);

    public void Dispose() => _ledger.Dispose();

    /// <summary>A busy millisecond has orders whose keys are the same: the bits of their ids that it takes may be.</summary>
    [Fact]
    public async Task Page_by_page_each_payment_is_listed_once_whichever_share_a_key()
    {
        var orders = new List<OrderId>();
        while (orders.Count < Payments)
            orders.Add((await _ledger.PlaceAsync()).Order.Id);
        var desk = new DeskLedger(_ledger, new DeskWork(_ledger.Queue()), _ledger.Clock);

        Randomly.Check(
            _output,
            Arb.From(from keys in Gen.Choose(0, 5).ArrayOf(Payments) from most in Gen.Choose(1, Payments + 1) select (keys, most)),
            async input =>
            {
                await SetKeysAsync(orders.Zip(input.keys));
                var listed = new List<PaymentLine>();
                await _plans.AssertByKeyAsync(async () =>
                {
                    long? next = null;
                    do
                    {
                        (var lines, next) = await desk.ListAsync(Everything, after: next, input.most);
                        listed.AddRange(lines);
                        Assert.InRange(lines.Count, next is null ? 0 : input.most, Payments);
                    }
                    while (next is not null);
                });

                Assert.Equal(orders.OrderBy(order => order.Value), listed.Select(line => line.Order).OrderBy(order => order.Value));
                Assert.Equal(listed.Select(line => line.Key).OrderDescending(), listed.Select(line => line.Key));
            });
    }

    private async Task SetKeysAsync(IEnumerable<(OrderId Order, int Key)> keys)
    {
        var first = PlacedKey.FirstAt(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await using var context = _ledger.CreateDbContext();
        foreach (var (order, key) in keys)
        {
            await context.Payments.Where(payment => payment.OrderId == order)
                .ExecuteUpdateAsync(set => set.SetProperty(payment => payment.PlacedKey, first + key));
        }
    }
}
