using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class TryingAgainTests : IDisposable
{
    private readonly PaymentTestBench _till = new();

    public void Dispose() => _till.Dispose();

    [Fact]
    public async Task A_second_card_after_a_decline_confirms_the_same_intent_and_pays_once()
    {
        var order = await _till.OrderAsync();

        var declined = Assert.IsType<PaymentOutcome.Declined>(await _till.PayAsync(order, "poor"));
        var paid = await _till.PayAsync(order, "good");

        Assert.Equal(new PaymentFailure(FailureReason.InsufficientFunds, "card_declined", "insufficient_funds"), declined.Failure);
        Assert.IsType<PaymentOutcome.Succeeded>(paid);
        Assert.Equal(["create", "confirm"], _till.Stripe.MoneyCalls.Select(call => call.Verb));
        Assert.Single(_till.Stripe.Intents);
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task Each_attempt_has_its_own_key_and_keeps_its_own_failure()
    {
        var order = await _till.OrderAsync();
        await _till.PayAsync(order, "poor");
        await _till.PayAsync(order, "bank", AuthenticationMode.Decline);
        await _till.PayAsync(order, "good");

        Assert.Equal(
            [FailureReason.InsufficientFunds, FailureReason.AuthenticationNotHandled, null],
            (await _till.Ledger.AttemptsAsync(order)).Select(attempt => attempt.FailureReason));
        Assert.Equal(
            [$"order-{order}-attempt-1-step-1", .. new[] { 2, 3 }.Select(attempt => PaymentStep.NewKey(order, attempt, 1, _till.Ledger.Clock.GetUtcNow().UtcDateTime))],
            _till.Stripe.MoneyCalls.Select(call => call.IdempotencyKey));
        Assert.Null((await _till.FindAsync(order)).LastFailure);
    }

    [Fact]
    public async Task A_declined_PaymentMethod_again_is_the_same_answer_again_and_no_attempt()
    {
        var order = await _till.OrderAsync();
        var card = FakeCard.Fresh("poor");
        var first = await _till.Service().PayAsync(order, card);

        Assert.Equal(first, await _till.Service().PayAsync(order, card));

        Assert.Single(await _till.Ledger.AttemptsAsync(order));
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_PaymentMethod_that_was_used_elsewhere_fails_without_moving_the_intent()
    {
        var used = FakeCard.Fresh("good");
        await _till.Service().PayAsync(await _till.OrderAsync(), used);
        var order = await _till.OrderAsync();
        await _till.PayAsync(order, "poor");

        var declined = Assert.IsType<PaymentOutcome.Declined>(await _till.Service().PayAsync(order, used));

        Assert.Equal(FailureReason.PaymentMethodUnusable, declined.Failure.Reason);
        Assert.Null((await _till.FindAsync(order)).OpenStep);
        await _till.RefreshAsync(order);
        Assert.Equal(
            [FailureReason.InsufficientFunds, FailureReason.PaymentMethodUnusable],
            (await _till.Ledger.AttemptsAsync(order)).Select(attempt => attempt.FailureReason));
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task While_Stripe_cannot_be_reached_nothing_is_charged_and_the_same_order_pays_later()
    {
        var order = await _till.OrderAsync();
        _till.Stripe.Suffer(Trouble.NotExecuted);

        var declined = Assert.IsType<PaymentOutcome.Declined>(await _till.PayAsync(order));

        Assert.Equal(FailureReason.ServiceBusy, declined.Failure.Reason);
        await _till.MustNotBeChargedAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_PaymentMethod_that_never_reached_Stripe_may_be_sent_again()
    {
        var order = await _till.OrderAsync();
        await _till.PayAsync(order, "poor");
        var card = FakeCard.Fresh("good");
        _till.Stripe.Suffer(Trouble.None, Trouble.NotExecuted);

        Assert.IsType<PaymentOutcome.Declined>(await _till.Service().PayAsync(order, card));
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.Service().PayAsync(order, card));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task Another_card_in_the_middle_of_the_banks_challenge_takes_its_place()
    {
        var order = await _till.OrderAtBankAsync();

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order, "good"));

        await _till.MustBeChargedOnceAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));
    }

    [Fact]
    public async Task The_same_PaymentMethod_again_while_the_bank_is_asking_is_a_second_click_not_a_second_attempt()
    {
        var order = await _till.OrderAsync();
        var card = FakeCard.Fresh("bank");
        var first = Assert.IsType<PaymentOutcome.ActionRequired>(await _till.Service().PayAsync(order, card));

        var second = Assert.IsType<PaymentOutcome.ActionRequired>(await _till.Service().PayAsync(order, card));

        Assert.Equal(first.ClientSecret, second.ClientSecret);
        Assert.Single(_till.Stripe.MoneyCalls);
        Assert.Single(await _till.Ledger.AttemptsAsync(order));
    }
}
