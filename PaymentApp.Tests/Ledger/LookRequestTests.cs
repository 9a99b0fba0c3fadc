using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PaymentApp.Ledger;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Ledger;

/// <summary>Pages that ask for a look at a payment which waits.</summary>
public sealed class LookRequestTests : IDisposable
{
    private readonly TestLedger ledger = new();
    private readonly LookQueue queue;

    public LookRequestTests() => queue = new LookQueue(ledger, ledger.Clock, Options.Create(new PaymentsOptions()));

    public void Dispose() => ledger.Dispose();

    [Fact]
    public async Task However_often_it_is_asked_for_a_look_comes_when_the_back_off_says()
    {
        var order = (await ledger.BeginAttemptAsync(await ledger.PlaceAsync())).Order;
        for (var look = 0; look < 4; look++)
        {
            var scheduled = await NextLookAsync(order);
            ledger.Clock.Advance(TimeSpan.FromSeconds(1));
            for (var page = 0; page < 20; page++)
                await queue.AskAsync(order);

            Assert.Equal(scheduled, await NextLookAsync(order));
            ledger.Clock.Advance(scheduled!.Value - ledger.Clock.GetUtcNow().UtcDateTime);
            Assert.Equal([order], await queue.ClaimDueAsync(25));
        }
    }

    [Fact]
    public async Task A_payment_that_waits_without_a_look_gets_one()
    {
        var order = (await ledger.BeginAttemptAsync(await ledger.PlaceAsync())).Order;
        await ledger.ReadAsync(context => context.Payments.ExecuteUpdateAsync(set => set.SetProperty(row => row.NextLookAt, (DateTime?)null)));

        await queue.AskAsync(order);

        Assert.Equal(ledger.Clock.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(1), await NextLookAsync(order));
    }

    [Fact]
    public async Task A_payment_that_waits_for_nothing_gets_none()
    {
        var untried = (await ledger.PlaceAsync()).Order.Id;
        var closed = await ledger.Payments.CloseAsync(await ledger.PlaceAsync(), PaymentActor.Operator);

        foreach (var order in new[] { untried, closed!.Order.Id, OrderId.New() })
            await queue.AskAsync(order);

        Assert.Empty(await ledger.ReadAsync(context => context.Payments.Where(row => row.NextLookAt != null).ToListAsync()));
    }

    private Task<DateTime?> NextLookAsync(OrderId order) =>
        ledger.ReadAsync(context => context.Payments.Where(row => row.OrderId == order).Select(row => row.NextLookAt).SingleAsync());
}
