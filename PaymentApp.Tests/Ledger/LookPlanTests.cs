using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Tests.Ledger;

/// <summary>A payment's next look is written with the change that asks for it, and with nothing else.</summary>
public sealed class LookPlanTests : IDisposable
{
    private readonly BetweenReads _between = new();
    private readonly TestLedger _ledger;

    public LookPlanTests() => _ledger = new TestLedger(_between);

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task An_order_is_looked_at_when_it_is_given_up_and_sooner_once_somebody_tries_to_pay_it()
    {
        var payment = await _ledger.PlaceAsync();
        Assert.Equal((WorkStatus.Waiting, _ledger.Now.AddDays(1)), await LookAsync(payment.Order.Id));

        await _ledger.BeginAttemptAsync(payment);

        Assert.Equal((WorkStatus.Waiting, _ledger.Now.AddMinutes(1)), await LookAsync(payment.Order.Id));
    }

    [Fact]
    public async Task A_change_that_was_lost_leaves_the_look_as_it_was()
    {
        var payment = await _ledger.PlaceAsync();
        await _ledger.BeginAttemptAsync(payment);
        _ledger.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Null(await _ledger.Payments.CloseAsync(payment, PaymentActor.Operator));

        Assert.Equal((WorkStatus.Waiting, _ledger.Now.AddSeconds(30)), await LookAsync(payment.Order.Id));
    }

    [Theory]
    [InlineData(PaymentState.Paid)]
    [InlineData(PaymentState.Canceled)]
    public async Task A_payment_that_is_over_is_looked_at_no_more(PaymentState end)
    {
        var step = await _ledger.BeginAttemptAsync(await _ledger.PlaceAsync());

        await RecordAsync(step, end);

        Assert.Equal(WorkStatus.Done, (await LookAsync(step.Order)).Status);
    }

    [Fact]
    public async Task A_look_that_ends_while_the_payment_moves_does_not_end_the_next_look()
    {
        var step = await _ledger.BeginAttemptAsync(await _ledger.PlaceAsync());
        _ledger.Clock.Advance(TimeSpan.FromMinutes(1));
        var queue = _ledger.Queue();
        var item = Assert.Single(await queue.ClaimAsync(1));
        _between.Next = async () => Assert.True(await queue.CompleteAsync(item, new WorkResult.Done()));

        // As another process, which has read nothing yet.
        await RecordAsync(step with { Reading = default }, PaymentState.AwaitingAuthentication);

        Assert.True(_between.HasRun);
        Assert.Equal((WorkStatus.Waiting, _ledger.Now.AddMinutes(2)), await LookAsync(step.Order));
    }

    [Fact]
    public async Task A_look_that_ends_while_Stripe_is_asked_does_not_end_the_next_look()
    {
        var step = await _ledger.BeginAttemptAsync(await _ledger.PlaceAsync());
        _ledger.Clock.Advance(TimeSpan.FromMinutes(1));
        var queue = _ledger.Queue();
        Assert.True(await queue.CompleteAsync(Assert.Single(await queue.ClaimAsync(1)), new WorkResult.Done()));

        await RecordAsync(step, PaymentState.AwaitingAuthentication);

        Assert.Equal((WorkStatus.Waiting, _ledger.Now.AddMinutes(2)), await LookAsync(step.Order));
    }

    [Fact]
    public async Task A_look_that_ends_after_the_payment_moved_does_not_end_the_next_look()
    {
        var step = await _ledger.BeginAttemptAsync(await _ledger.PlaceAsync());
        _ledger.Clock.Advance(TimeSpan.FromMinutes(1));
        var queue = _ledger.Queue();
        var item = Assert.Single(await queue.ClaimAsync(1));
        await RecordAsync(step, PaymentState.AwaitingAuthentication);

        Assert.True(await queue.CompleteAsync(item, new WorkResult.Done()));

        Assert.Equal((WorkStatus.Waiting, _ledger.Now.AddMinutes(2)), await LookAsync(step.Order));
    }

    private Task<Payment> RecordAsync(PaymentStep step, PaymentState state) => _ledger.Payments.RecordAsync(
        step.Order, new IntentSnapshot(PaymentIntentId.Parse("pi_1"), state, TestLedger.Kettle.Price, step.Order, null, null, null), PaymentActor.Webhook, step);

    private async Task<(WorkStatus Status, DateTime DueAt)> LookAsync(OrderId order) =>
        await _ledger.ReadAsync(context => context.Work.SingleAsync(row => row.Kind == WorkKind.Look && row.Subject == order.Value)) is var row
            ? (row.Status, row.DueAt) : default;
}
