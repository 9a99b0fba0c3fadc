using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Tests.Ledger;
using PaymentApp.Work;

namespace PaymentApp.Tests.Work;

/// <summary>Asking for a look, as every open page does: as soon as allowed, and never more looks than that.</summary>
public sealed class LookAskTests : IDisposable
{
    private readonly TestLedger _ledger = new();
    private readonly WorkQueue _queue;

    public LookAskTests() => _queue = _ledger.Queue();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Asking_brings_the_planned_look_forward()
    {
        var order = await OpenOrderAsync();
        Assert.Empty(await _queue.ClaimAsync(1));

        await _queue.AskForLookAsync(order);

        Assert.Equal((WorkKind.Look, order.Value), (Assert.Single(await _queue.ClaimAsync(1)) is var item ? (item.Kind, item.Subject) : default));
    }

    [Fact]
    public async Task While_a_look_is_under_way_asking_makes_no_second_one_then_or_later()
    {
        var order = await OpenOrderAsync();
        await _queue.AskForLookAsync(order);
        var item = Assert.Single(await _queue.ClaimAsync(1));
        for (var pages = 0; pages < 200; pages++)
            await _queue.AskForLookAsync(order);
        Assert.Empty(await _queue.ClaimAsync(1));

        await _queue.CompleteAsync(item, new WorkResult.Again(_ledger.Now.AddMinutes(2)));

        Assert.Empty(await _queue.ClaimAsync(1));
    }

    [Fact]
    public async Task Whoever_goes_on_asking_gets_looks_that_become_rarer()
    {
        var order = await OpenOrderAsync();
        var looks = 0;
        for (var seconds = 0; seconds < 3600; seconds++)
        {
            await _queue.AskForLookAsync(order);
            foreach (var item in await _queue.ClaimAsync(1))
            {
                looks++;
                await _queue.CompleteAsync(item, new WorkResult.Again(_ledger.Now.AddHours(2)));
            }

            _ledger.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(looks, 10, 25);
    }

    [Fact]
    public async Task A_look_that_failed_waits_as_long_as_its_back_off_says_whoever_asks()
    {
        var order = await OpenOrderAsync();
        await _queue.AskForLookAsync(order);
        await _queue.CompleteAsync(Assert.Single(await _queue.ClaimAsync(1)), new WorkResult.Retry("Stripe is away.", NotBefore: _ledger.Now.AddMinutes(3)));

        _ledger.Clock.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromSeconds(1));
        await _queue.AskForLookAsync(order);

        Assert.Empty(await _queue.ClaimAsync(1));
        _ledger.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await _queue.ClaimAsync(1));
    }

    [Fact]
    public async Task Of_an_order_with_nothing_open_nobody_asks()
    {
        var order = (await _ledger.PlaceAsync()).Order;
        await _ledger.Payments.RecordAsync(
            order.Id, new IntentSnapshot(PaymentIntentId.Parse("pi_1"), PaymentState.Canceled, order.Amount, order.Id, null, null, null), PaymentActor.Webhook);

        await _queue.AskForLookAsync(order.Id);
        await _queue.AskForLookAsync(OrderId.New());

        Assert.Empty(await _queue.ClaimAsync(1));
        Assert.Equal(WorkStatus.Done, (await _ledger.ReadAsync(context => context.Work.SingleAsync())).Status);
    }

    private async Task<OrderId> OpenOrderAsync()
    {
        var step = await _ledger.BeginAttemptAsync(await _ledger.PlaceAsync());
        _ledger.Clock.Advance(TimeSpan.FromSeconds(1));
        return step.Order;
    }
}
