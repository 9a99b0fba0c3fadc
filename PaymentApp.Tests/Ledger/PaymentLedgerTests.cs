using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Ledger;

public sealed class PaymentLedgerTests : IDisposable
{
    private static readonly PaymentFailure Declined = new(FailureReason.InsufficientFunds, "card_declined", "insufficient_funds");
    private static readonly PaymentFailure Busy = new(FailureReason.ServiceBusy);

    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task A_step_is_written_with_its_key_and_stays_open_until_it_has_a_result()
    {
        var order = await _ledger.PlaceAsync();

        var step = await _ledger.BeginAttemptAsync(order, "pm_1", AuthenticationMode.Decline);

        Assert.Equal(
            new PaymentStep(order.Order.Id, 1, 1, PaymentStepKind.Create, PaymentMethodId.Parse("pm_1"), AuthenticationMode.Decline)
            {
                WrittenAt = _ledger.Clock.GetUtcNow().UtcDateTime,
                TriedAt = _ledger.Clock.GetUtcNow().UtcDateTime,
            },
            step);
        var row = Assert.Single(await _ledger.StepsAsync(order.Order.Id));
        Assert.Equal((step.IdempotencyKey, null, null), (row.IdempotencyKey, row.Result, row.EndedAt));
        var now = await _ledger.FindAsync(order.Order.Id);
        Assert.Equal((step, 1, PaymentMethodId.Parse("pm_1")), (now.OpenStep, now.Attempts, now.PaymentMethod));
    }

    [Fact]
    public async Task Who_decided_on_an_order_that_has_changed_since_reads_it_again()
    {
        var seen = await _ledger.PlaceAsync();
        var step = await _ledger.BeginAttemptAsync(seen);

        Assert.Null(await _ledger.Payments.BeginAttemptAsync(seen, "pm_2", AuthenticationMode.Handle));

        var authenticated = await _ledger.Payments.RecordAsync(seen.Order.Id, Intent(seen, PaymentState.AwaitingConfirmation), step);
        Assert.NotNull(await _ledger.Payments.BeginConfirmationAsync(authenticated));
        Assert.Null(await _ledger.Payments.BeginConfirmationAsync(authenticated));
        Assert.Equal(2, (await _ledger.StepsAsync(seen.Order.Id)).Count);
    }

    [Fact]
    public async Task Nothing_new_begins_while_a_request_is_without_an_answer()
    {
        var order = await _ledger.PlaceAsync();
        await _ledger.BeginAttemptAsync(order);
        var open = await _ledger.FindAsync(order.Order.Id);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _ledger.Payments.BeginAttemptAsync(open, "pm_2", AuthenticationMode.Handle));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _ledger.Payments.BeginConfirmationAsync(open));
    }

    [Fact]
    public async Task Of_many_who_begin_at_once_one_does()
    {
        var order = await _ledger.PlaceAsync();

        var steps = await Task.WhenAll(Enumerable.Range(1, 12).Select(tab =>
            Task.Run(() => _ledger.Payments.BeginAttemptAsync(order, $"pm_{tab}", AuthenticationMode.Handle))));

        Assert.Single(steps, step => step is not null);
        Assert.Single(await _ledger.StepsAsync(order.Order.Id));
    }

    [Fact]
    public async Task A_success_that_many_report_at_once_pays_once_and_releases_once()
    {
        var order = await _ledger.PlaceAsync();
        await _ledger.BeginAttemptAsync(order);

        await Task.WhenAll(Enumerable.Range(1, 12).Select(_ =>
            Task.Run(() => _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid)))));

        Assert.Equal(PaymentState.Paid, (await _ledger.FindAsync(order.Order.Id)).State);
        Assert.Equal(1, await _ledger.FulfilmentsAsync(order.Order.Id));
    }

    [Fact]
    public async Task A_paid_order_keeps_its_time_its_card_and_its_intent()
    {
        var order = await _ledger.PlaceAsync();
        var step = await _ledger.BeginAttemptAsync(order);
        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid), step);
        var paidAt = _ledger.Clock.GetUtcNow().UtcDateTime;
        _ledger.Clock.Advance(TimeSpan.FromDays(1));

        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid) with { Card = new CardSummary("amex", "0005") });

        var row = await _ledger.ReadAsync(context => context.Payments.SingleAsync(payment => payment.OrderId == order.Order.Id));
        Assert.Equal((paidAt, "visa", "4242", PaymentIntentId.Parse("pi_1")), (row.PaidAt, row.CardBrand, row.CardLast4, row.IntentId));
    }

    [Theory]
    [InlineData(PaymentState.AwaitingPayment)]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.AwaitingConfirmation)]
    [InlineData(PaymentState.Processing)]
    [InlineData(PaymentState.Authorized)]
    [InlineData(PaymentState.Canceled)]
    public async Task Late_news_leaves_a_paid_order_and_its_attempt_as_they_are(PaymentState late)
    {
        var order = await _ledger.PlaceAsync();
        var step = await _ledger.BeginAttemptAsync(order);
        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid), step);

        var now = await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, late) with { Failure = Declined });

        Assert.Equal((PaymentState.Paid, null), (now.State, now.LastFailure));
        Assert.Equal(now, await _ledger.FindAsync(order.Order.Id));
        Assert.Equal(1, await _ledger.FulfilmentsAsync(order.Order.Id));
        Assert.Equal(late is PaymentState.Canceled, _ledger.Logs.Entries.Any(entry => entry.Level is LogLevel.Critical));
    }

    [Fact]
    public async Task A_late_failure_of_an_earlier_attempt_is_kept_with_that_attempt()
    {
        var order = await _ledger.PlaceAsync();
        var first = await _ledger.BeginAttemptAsync(order);
        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.AwaitingAuthentication), first);
        var second = await _ledger.BeginAttemptAsync(await _ledger.FindAsync(order.Order.Id));
        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid), second);

        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.AwaitingPayment) with { Failure = Declined }, first);

        Assert.Equal(PaymentState.Paid, (await _ledger.FindAsync(order.Order.Id)).State);
        Assert.Equal(
            [FailureReason.InsufficientFunds, null], (await _ledger.AttemptsAsync(order.Order.Id)).Select(attempt => attempt.FailureReason));
    }

    [Fact]
    public async Task A_failure_that_nobody_asked_about_is_not_put_on_an_attempt_that_waits_for_its_own_answer()
    {
        var order = await _ledger.PlaceAsync();
        var first = await _ledger.BeginAttemptAsync(order);
        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.AwaitingPayment) with { Failure = Declined }, first);
        await _ledger.BeginAttemptAsync(await _ledger.FindAsync(order.Order.Id));

        var now = await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.AwaitingPayment) with { Failure = Declined });

        Assert.Null(now.LastFailure);
    }

    [Fact]
    public async Task News_that_changes_nothing_is_not_written()
    {
        var order = await _ledger.PlaceAsync();
        var step = await _ledger.BeginAttemptAsync(order);
        var first = await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid), step);

        var second = await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid), step);

        Assert.Equal(first.Version, second.Version);
    }

    [Fact]
    public async Task A_second_intent_never_speaks_for_an_order()
    {
        var order = await _ledger.PlaceAsync();
        var step = await _ledger.BeginAttemptAsync(order);
        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.AwaitingPayment) with { Failure = Declined }, step);

        var now = await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid) with { Id = PaymentIntentId.Parse("pi_2") });

        Assert.Equal((PaymentState.AwaitingPayment, PaymentIntentId.Parse("pi_1")), (now.State, now.Intent));
        Assert.Equal(0, await _ledger.FulfilmentsAsync(order.Order.Id));
        Assert.Contains(_ledger.Logs.Entries, entry => entry.Level is LogLevel.Critical);
    }

    [Fact]
    public async Task A_step_that_was_asked_once_and_not_carried_out_is_over()
    {
        var order = await _ledger.PlaceAsync();
        var step = await _ledger.BeginAttemptAsync(order);

        Assert.True(await _ledger.Payments.EndStepAsync(step, PaymentStepResult.NotExecuted, Busy));

        var now = await _ledger.FindAsync(order.Order.Id);
        Assert.Equal((null, Busy), (now.OpenStep, now.LastFailure));
        Assert.Null(await _ledger.Payments.RepeatStepAsync(step));
    }

    [Fact]
    public async Task A_step_that_was_asked_twice_is_not_over_because_one_try_was_not_carried_out()
    {
        var order = await _ledger.PlaceAsync();
        var step = await RepeatAsync(await _ledger.BeginAttemptAsync(order));

        Assert.False(await _ledger.Payments.EndStepAsync(step, PaymentStepResult.NotExecuted, Busy));

        var now = await _ledger.FindAsync(order.Order.Id);
        Assert.Equal((step, null), (now.OpenStep, now.LastFailure));
        Assert.True(await _ledger.Payments.EndStepAsync(step, PaymentStepResult.Rejected, Declined));
        Assert.Null((await _ledger.FindAsync(order.Order.Id)).OpenStep);
    }

    [Fact]
    public async Task A_step_that_was_asked_twice_is_over_once_reading_proves_that_no_try_was_carried_out()
    {
        var order = await _ledger.PlaceAsync();
        var step = await RepeatAsync(await _ledger.BeginAttemptAsync(order));

        Assert.True(await _ledger.Payments.EndStepAsync(step, PaymentStepResult.NotExecuted, Busy, PaymentActor.Sweeper, isProven: true));

        Assert.Equal((null, Busy), ((await _ledger.FindAsync(order.Order.Id)).OpenStep, (await _ledger.FindAsync(order.Order.Id)).LastFailure));
    }

    [Fact]
    public async Task Reading_proves_nothing_of_a_try_that_somebody_else_made_since()
    {
        var order = await _ledger.PlaceAsync();
        var mine = await RepeatAsync(await _ledger.BeginAttemptAsync(order));
        await RepeatAsync(mine);

        Assert.False(await _ledger.Payments.EndStepAsync(mine, PaymentStepResult.NotExecuted, Busy, PaymentActor.Sweeper, isProven: true));
        Assert.NotNull((await _ledger.FindAsync(order.Order.Id)).OpenStep);
    }

    /// <summary>A minute later, the step is asked again.</summary>
    private async Task<PaymentStep> RepeatAsync(PaymentStep step)
    {
        var before = step.TriedAt;
        _ledger.Clock.Advance(TimeSpan.FromMinutes(1));
        var repeated = (await _ledger.Payments.RepeatStepAsync(step))!.OpenStep!;
        Assert.Equal((step.IdempotencyKey, before, before.AddMinutes(1)), (repeated.IdempotencyKey, repeated.TriedBefore, repeated.TriedAt));
        return repeated;
    }

    [Theory]
    [InlineData(PaymentStepResult.NotExecuted)]
    [InlineData(PaymentStepResult.Rejected)]
    public async Task A_step_that_has_its_answer_is_not_ended_a_second_time(PaymentStepResult result)
    {
        var order = await _ledger.PlaceAsync();
        var step = await _ledger.BeginAttemptAsync(order);
        await _ledger.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.Paid), step);

        Assert.False(await _ledger.Payments.EndStepAsync(step, result, Busy));

        Assert.Equal(PaymentStepResult.Answered, Assert.Single(await _ledger.StepsAsync(order.Order.Id)).Result);
        Assert.Null((await _ledger.FindAsync(order.Order.Id)).LastFailure);
    }

    [Fact]
    public async Task An_order_and_its_attempts_are_read_as_of_one_moment()
    {
        var between = new BetweenReads();
        using var torn = new TestLedger(between);
        var order = await torn.PlaceAsync();
        var first = await torn.BeginAttemptAsync(order);
        between.Next = async () =>
        {
            await torn.Payments.RecordAsync(order.Order.Id, Intent(order, PaymentState.AwaitingPayment), first);
            await torn.BeginAttemptAsync(await torn.FindAsync(order.Order.Id));
        };

        var seen = await torn.FindAsync(order.Order.Id);

        Assert.True(between.HasRun);
        Assert.Equal((first, null, 1), (seen.OpenStep, seen.Intent, seen.Attempts));
    }

    [Fact]
    public async Task A_reading_of_a_hold_that_a_capture_overtook_changes_no_figure()
    {
        var order = await _ledger.PlaceAsync();
        var step = await _ledger.BeginAttemptAsync(order);
        var (amount, none) = (order.Order.Amount, order.Order.Amount with { MinorUnits = 0 });
        await _ledger.Payments.RecordAsync(
            order.Order.Id, Intent(order, PaymentState.Paid) with { Charge = new ChargeSnapshot("ch_1", amount, amount, none) }, step);

        var now = await _ledger.Payments.RecordAsync(
            order.Order.Id, Intent(order, PaymentState.Authorized) with { Charge = new ChargeSnapshot("ch_1", amount, none, none) });

        Assert.Equal((PaymentState.Paid, amount, amount, none), (now.State, now.Authorized, now.Captured, now.Released));
    }

    private static IntentSnapshot Intent(Payment payment, PaymentState state) =>
        new(PaymentIntentId.Parse("pi_1"), state, payment.Order.Amount, payment.Order.Id, "pi_1_secret_x", null, new CardSummary("visa", "4242"));
}
