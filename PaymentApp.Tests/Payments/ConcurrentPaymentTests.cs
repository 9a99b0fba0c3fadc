using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Payments;

/// <summary>Two tabs, a double click, two servers: whatever the order of their calls, one charge.</summary>
public sealed class ConcurrentPaymentTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Interleavings = TestSize.Of(quick: 15, full: 150);

    private readonly PaymentTestBench _till = new();

    public void Dispose() => _till.Dispose();

    [Fact]
    public Task Two_tabs_with_a_good_card_each_make_one_charge() => InEveryOrderAsync(async (order, interleaving) =>
    {
        var outcomes = await PayTogetherAsync(order, interleaving, FakeCard.Fresh("good"), FakeCard.Fresh("good"));

        Assert.All(outcomes, outcome => Assert.IsType<PaymentOutcome.Succeeded>(outcome));
        await _till.MustBeChargedOnceAsync(order);
    });

    [Fact]
    public Task A_double_click_makes_one_charge_in_one_attempt() => InEveryOrderAsync(async (order, interleaving) =>
    {
        var card = FakeCard.Fresh("good");

        var outcomes = await PayTogetherAsync(order, interleaving, card, card, card);

        Assert.All(outcomes, outcome => Assert.IsType<PaymentOutcome.Succeeded>(outcome));
        Assert.Single(await _till.Ledger.AttemptsAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    });

    [Fact]
    public Task A_double_click_with_a_card_that_needs_the_bank_opens_one_challenge() => InEveryOrderAsync(async (order, interleaving) =>
    {
        var card = FakeCard.Fresh("bank");

        var outcomes = await PayTogetherAsync(order, interleaving, card, card);

        Assert.All(outcomes, outcome => Assert.IsType<PaymentOutcome.ActionRequired>(outcome));
        Assert.Single(await _till.Ledger.AttemptsAsync(order));
    });

    [Fact]
    public Task A_double_click_with_a_declined_card_is_one_attempt_and_both_are_told_why() => InEveryOrderAsync(async (order, interleaving) =>
    {
        var card = FakeCard.Fresh("poor");

        var outcomes = await PayTogetherAsync(order, interleaving, card, card);

        Assert.All(outcomes, outcome =>
            Assert.Equal(FailureReason.InsufficientFunds, Assert.IsType<PaymentOutcome.Declined>(outcome).Failure.Reason));
        Assert.Single(await _till.Ledger.AttemptsAsync(order));
    });

    [Fact]
    public Task A_declined_and_a_good_card_at_once_make_one_intent_and_one_charge() => InEveryOrderAsync(async (order, interleaving) =>
    {
        var outcomes = await PayTogetherAsync(order, interleaving, FakeCard.Fresh("poor"), FakeCard.Fresh("good"));

        Assert.IsType<PaymentOutcome.Succeeded>(outcomes[1]);
        Assert.Single(_till.Stripe.Intents, intent => intent.Order == order);
        await _till.MustBeChargedOnceAsync(order);
    });

    [Fact]
    public Task Three_tabs_and_a_bank_leave_the_order_where_Stripe_has_it() => InEveryOrderAsync(async (order, interleaving) =>
    {
        await PayTogetherAsync(order, interleaving, FakeCard.Fresh("bank"), FakeCard.Fresh("poor"), FakeCard.Fresh("bank"));

        _till.Stripe.EndChallenge(order, authenticated: true);
        await _till.ConfirmAsync(order);

        await MustAgreeAsync(order);
    });

    [Fact]
    public Task Two_confirms_after_one_challenge_make_one_charge() => InEveryOrderAsync(async (order, interleaving) =>
    {
        await _till.PayAsync(order, "bank");
        _till.Stripe.EndChallenge(order, authenticated: true);

        var outcomes = await RunAsync(interleaving, service => service.ConfirmAsync(order, PaymentActor.Shopper), service => service.ConfirmAsync(order, PaymentActor.Shopper));

        Assert.All(outcomes, outcome => Assert.IsType<PaymentOutcome.Succeeded>(outcome));
        await _till.MustBeChargedOnceAsync(order);
    });

    [Fact]
    public Task A_confirm_and_another_card_at_once_make_one_charge() => InEveryOrderAsync(async (order, interleaving) =>
    {
        await _till.PayAsync(order, "bank");
        _till.Stripe.EndChallenge(order, authenticated: true);

        await RunAsync(interleaving, service => service.ConfirmAsync(order, PaymentActor.Shopper), service => service.PayAsync(order, FakeCard.Fresh("good")));

        await _till.MustBeChargedOnceAsync(order);
    });

    [Fact]
    public Task A_tab_whose_request_never_left_does_not_free_the_way_for_a_second_intent() => InEveryOrderAsync(async (order, interleaving) =>
    {
        _till.Stripe.Suffer(Trouble.NotExecuted);

        await PayTogetherAsync(order, interleaving, FakeCard.Fresh("good"), FakeCard.Fresh("good"), FakeCard.Fresh("good"));
        await SettleAsync(order);

        await MustAgreeAsync(order);
    });

    [Fact]
    public Task A_tab_whose_request_never_left_does_not_tell_its_shopper_that_a_paid_order_failed() => InEveryOrderAsync(async (order, interleaving) =>
    {
        _till.Stripe.Suffer(Trouble.NotExecuted);

        var outcomes = await PayTogetherAsync(order, interleaving, FakeCard.Fresh("good"), FakeCard.Fresh("good"));

        // Who was told of a failure was told while there was no charge: the order was paid by a later attempt.
        var attempts = await _till.Ledger.AttemptsAsync(order);
        Assert.Equal(outcomes.OfType<PaymentOutcome.Declined>().Any() ? 2 : 1, attempts.Count);
        Assert.Null(attempts[^1].FailureReason);
    });

    [Fact]
    public Task With_lost_answers_and_lost_requests_the_order_still_ends_where_Stripe_has_it() => InEveryOrderAsync(async (order, interleaving) =>
    {
        _till.Stripe.Suffer(Trouble.AnswerLost, Trouble.NotExecuted, Trouble.RequestLost, Trouble.None, Trouble.NotExecuted, Trouble.AnswerLost);

        await PayTogetherAsync(order, interleaving, FakeCard.Fresh("good"), FakeCard.Fresh("poor"), FakeCard.Fresh("bank"));
        await SettleAsync(order);

        await MustAgreeAsync(order);
    });

    private Task<PaymentOutcome[]> PayTogetherAsync(OrderId order, Interleaving interleaving, params PaymentMethodId[] paymentMethods) =>
        RunAsync(interleaving, [.. paymentMethods.Select(id => (Func<PaymentService, Task<PaymentOutcome>>)(service => service.PayAsync(order, id)))]);

    private async Task<PaymentOutcome[]> RunAsync(Interleaving interleaving, params Func<PaymentService, Task<PaymentOutcome>>[] calls)
    {
        var mustBeWritten = _till.Stripe.Before;
        try
        {
            _till.Stripe.Before = async call =>
            {
                await interleaving.PassAsync();
                await mustBeWritten(call);
            };
            _till.Stripe.After = _ => interleaving.PassAsync();
            var ledger = new InterleavedLedger(_till.Ledger.Payments, interleaving);
            return await interleaving.RunAsync(calls.Select(call => (Func<Task<PaymentOutcome>>)(() => call(_till.Service(ledger)))));
        }
        finally
        {
            _till.Stripe.Before = mustBeWritten;
            _till.Stripe.After = _ => Task.CompletedTask;
        }
    }

    private async Task SettleAsync(OrderId order)
    {
        _till.Stripe.Recover();
        await _till.RefreshAsync(order);
        await _till.RefreshAsync(order);
    }

    /// <summary>The order is what Stripe's books say, and they say at most one intent and one charge.</summary>
    private async Task MustAgreeAsync(OrderId order)
    {
        var found = await _till.FindAsync(order);
        Assert.Null(found.OpenStep);
        var intents = _till.Stripe.Intents.Where(intent => intent.Order == order).ToList();
        if (intents.Count == 0)
        {
            Assert.Equal((PaymentState.AwaitingPayment, null), (found.State, found.Intent));
            return;
        }

        var intent = Assert.Single(intents);
        Assert.Equal(intent.Status, found.State);
        Assert.Equal(found.State is PaymentState.Paid ? 1 : 0, intent.Charges);
        Assert.Equal(intent.Charges, await _till.Ledger.FulfilmentsAsync(order));
    }

    private async Task InEveryOrderAsync(Func<OrderId, Interleaving, Task> scene)
    {
        var seeds = new Random((int)(Randomly.Seed(output) % int.MaxValue));
        for (var run = 0; run < Interleavings; run++)
        {
            var seed = seeds.Next();
            _till.Stripe.Recover();
            try
            {
                await scene(await _till.OrderAsync(), new Interleaving(seed));
            }
            catch (Exception failed)
            {
                throw new InvalidOperationException($"Interleaving {run}, its own seed {seed}: {failed.Message}", failed);
            }
        }
    }
}
