using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Tests.Ledger;

/// <summary>What a payment leaves to be done is planned in the commit that changes it, and by nobody else while a worker is at it.</summary>
public sealed class PlannedWorkTests : IDisposable
{
    private readonly LastCommit _last = new();
    private readonly TestLedger _ledger;

    public PlannedWorkTests() => _ledger = new TestLedger(_last);

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData(PaymentState.AwaitingPayment)]
    [InlineData(PaymentState.Authorized)]
    public async Task A_payment_is_paid_and_released_in_one_commit(PaymentState before)
    {
        var order = await BegunAsync(before);

        await RecordLastAsync(order, PaymentState.Paid);

        Assert.Equal(PaymentState.Paid, (await _ledger.FindAsync(order.Order.Id)).State);
        Assert.Equal(1, await _ledger.FulfilmentsAsync(order.Order.Id));
        Assert.True(await IsDueAsync(WorkKind.Fulfilment, order));
        Assert.Contains(await _ledger.Payments.TimelineAsync(order.Order.Id), line => line.Event is TimelineEvent.Released);
    }

    [Theory]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.AwaitingConfirmation)]
    [InlineData(PaymentState.Processing)]
    public async Task A_payment_that_cannot_move_by_itself_has_its_look_planned_in_the_same_commit(PaymentState state)
    {
        var order = await BegunAsync(PaymentState.AwaitingPayment);
        var planned = (await LookAsync(order)).DueAt;

        await RecordLastAsync(order, state);

        Assert.Equal(state, (await _ledger.FindAsync(order.Order.Id)).State);
        Assert.NotEqual(planned, (await LookAsync(order)).DueAt);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task A_hold_is_looked_at_a_day_before_the_bank_ends_it(int days)
    {
        var order = await BegunAsync(PaymentState.AwaitingPayment);
        var until = _ledger.Now.AddDays(days);
        var amount = (await _ledger.FindAsync(order.Order.Id)).Order.Amount;

        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Authorized) with
        {
            Charge = new ChargeSnapshot("ch_1", amount, amount with { MinorUnits = 0 }, amount with { MinorUnits = 0 }, CaptureBefore: until),
        });

        Assert.Equal(until.AddDays(-1), (await LookAsync(order)).DueAt);
    }

    [Fact]
    public async Task A_payment_that_moves_while_it_is_looked_at_is_looked_at_by_nobody_else_meanwhile()
    {
        var order = await BegunAsync(PaymentState.AwaitingAuthentication);
        _ledger.Clock.Advance(TimeSpan.FromMinutes(2));
        var look = Assert.Single(await _ledger.Queue().ClaimAsync(4));

        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Processing));
        _ledger.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await IsDueAsync(WorkKind.Look, order));
        Assert.Empty(await _ledger.Queue().ClaimAsync(4));

        Assert.True(await _ledger.Queue().CompleteAsync(look, new WorkResult.Done()));
        Assert.Equal(look.Id, Assert.Single(await _ledger.Queue().ClaimAsync(4)).Id);
    }

    [Fact]
    public async Task A_look_that_a_worker_completes_after_the_payment_was_read_is_planned_again_by_its_next_step()
    {
        var seen = await _ledger.PlaceAsync();
        _ledger.Clock.Advance(new PaymentsOptions().AbandonAfter);
        var look = Assert.Single(await _ledger.Queue().ClaimAsync(4));
        Assert.True(await _ledger.Queue().CompleteAsync(look, new WorkResult.Done("Nothing was open.")));

        await _ledger.BeginAttemptAsync(seen);

        Assert.Equal((PaymentApp.Ledger.WorkStatus.Waiting, null), ((await LookAsync(seen)).Status, (await LookAsync(seen)).Note));
    }

    [Fact]
    public async Task A_look_whose_worker_died_weeks_ago_has_its_three_days_when_it_is_planned_again()
    {
        var order = await BegunAsync(PaymentState.AwaitingAuthentication);
        _ledger.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(await _ledger.Queue().ClaimAsync(4));
        // Its worker dies, and a webhook ends what was left to look for.
        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid));
        _ledger.Clock.Advance(TimeSpan.FromDays(20));
        await _ledger.Payments.RecordRefundAsync(
            order.Order.Id,
            new RefundSnapshot("re_1", PaymentIntentId.Parse("pi_1"), order.Order.Amount, RefundStatus.Pending, null, _ledger.Now),
            PaymentActor.Webhook);
        var planned = _ledger.Now;

        while ((await LookAsync(order)).Status is not PaymentApp.Ledger.WorkStatus.Parked)
        {
            _ledger.Clock.Advance(TimeSpan.FromHours(1));
            foreach (var item in await _ledger.Queue().ClaimAsync(4))
                await _ledger.Queue().CompleteAsync(item, new WorkResult.Retry("Stripe could not be asked."));
        }

        Assert.InRange(_ledger.Now - planned, TimeSpan.FromDays(3), TimeSpan.FromDays(3.5));
    }

    private async Task<Payment> BegunAsync(PaymentState state)
    {
        var order = await _ledger.PlaceAsync();
        var step = await _ledger.BeginAttemptAsync(order);
        return await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, state), step);
    }

    private async Task RecordLastAsync(Payment order, PaymentState state)
    {
        _last.CommitsLeft = 1;
        try
        {
            await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, state));
        }
        catch (IOException)
        {
            // Where it is written in two commits, the second one is lost.
        }
    }

    private Task<PaymentApp.Ledger.WorkRow> LookAsync(Payment order) => _ledger.ReadAsync(context =>
        context.Work.SingleAsync(row => row.Kind == WorkKind.Look && row.Subject == order.Order.Id.Value));

    private Task<bool> IsDueAsync(WorkKind kind, Payment order) => _ledger.ReadAsync(context =>
        context.Work.AnyAsync(row => row.Kind == kind && row.Subject == order.Order.Id.Value && row.DueAt <= _ledger.Now));

    private static IntentSnapshot Intent(Payment payment, PaymentState state) =>
        new(PaymentIntentId.Parse("pi_1"), state, payment.Order.Amount, payment.Order.Id, null, null, new CardSummary("visa", "4242"));

    /// <summary>A process that ends after so many commits.</summary>
    private sealed class LastCommit : SaveChangesInterceptor
    {
        public int CommitsLeft { get; set; } = int.MaxValue;

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            CommitsLeft-- > 0 ? new(result) : throw new IOException("The process ends here.");
    }
}
