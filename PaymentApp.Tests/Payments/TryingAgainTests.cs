using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class TryingAgainTests : IDisposable
{
    private readonly Till till = new();

    public void Dispose() => till.Dispose();

    [Fact]
    public async Task A_second_card_after_a_decline_confirms_the_same_intent_and_pays_once()
    {
        var order = await till.OrderAsync();

        var declined = Assert.IsType<PaymentOutcome.Declined>(await till.PayAsync(order, "poor"));
        var paid = await till.PayAsync(order, "good");

        Assert.Equal(new PaymentFailure(FailureReason.InsufficientFunds, "card_declined", "insufficient_funds"), declined.Failure);
        Assert.IsType<PaymentOutcome.Succeeded>(paid);
        Assert.Equal(["create", "confirm"], till.Stripe.MoneyCalls.Select(call => call.Verb));
        Assert.Single(till.Stripe.Intents);
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task Each_attempt_has_its_own_key_and_keeps_its_own_failure()
    {
        var order = await till.OrderAsync();
        await till.PayAsync(order, "poor");
        await till.PayAsync(order, "bank", AuthenticationMode.Decline);
        await till.PayAsync(order, "good");

        Assert.Equal(
            [FailureReason.InsufficientFunds, FailureReason.AuthenticationNotHandled, null],
            (await till.Ledger.AttemptsAsync(order)).Select(attempt => attempt.FailureReason));
        Assert.Equal(
            [$"order-{order}-attempt-1-step-1", .. new[] { 2, 3 }.Select(attempt => PaymentStep.NewKey(order, attempt, 1, till.Ledger.Clock.GetUtcNow().UtcDateTime))],
            till.Stripe.MoneyCalls.Select(call => call.IdempotencyKey));
        Assert.Null((await till.FindAsync(order)).LastFailure);
    }

    [Fact]
    public async Task A_declined_PaymentMethod_again_is_the_same_answer_again_and_no_attempt()
    {
        var order = await till.OrderAsync();
        var card = FakeCard.Fresh("poor");
        var first = await till.Service().PayAsync(order, card);

        Assert.Equal(first, await till.Service().PayAsync(order, card));

        Assert.Single(await till.Ledger.AttemptsAsync(order));
        Assert.IsType<PaymentOutcome.Succeeded>(await till.PayAsync(order));
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_PaymentMethod_that_was_used_elsewhere_fails_without_moving_the_intent()
    {
        var used = FakeCard.Fresh("good");
        await till.Service().PayAsync(await till.OrderAsync(), used);
        var order = await till.OrderAsync();
        await till.PayAsync(order, "poor");

        var declined = Assert.IsType<PaymentOutcome.Declined>(await till.Service().PayAsync(order, used));

        Assert.Equal(FailureReason.PaymentMethodUnusable, declined.Failure.Reason);
        Assert.Null((await till.FindAsync(order)).OpenStep);
        await till.RefreshAsync(order);
        Assert.Equal(
            [FailureReason.InsufficientFunds, FailureReason.PaymentMethodUnusable],
            (await till.Ledger.AttemptsAsync(order)).Select(attempt => attempt.FailureReason));
        Assert.IsType<PaymentOutcome.Succeeded>(await till.PayAsync(order));
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task While_Stripe_cannot_be_reached_nothing_is_charged_and_the_same_order_pays_later()
    {
        var order = await till.OrderAsync();
        till.Stripe.Suffer(Trouble.NotExecuted);

        var declined = Assert.IsType<PaymentOutcome.Declined>(await till.PayAsync(order));

        Assert.Equal(FailureReason.ServiceBusy, declined.Failure.Reason);
        await till.MustNotBeChargedAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await till.PayAsync(order));
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_PaymentMethod_that_never_reached_Stripe_may_be_sent_again()
    {
        var order = await till.OrderAsync();
        await till.PayAsync(order, "poor");
        var card = FakeCard.Fresh("good");
        till.Stripe.Suffer(Trouble.None, Trouble.NotExecuted);

        Assert.IsType<PaymentOutcome.Declined>(await till.Service().PayAsync(order, card));
        Assert.IsType<PaymentOutcome.Succeeded>(await till.Service().PayAsync(order, card));
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task Another_card_in_the_middle_of_the_banks_challenge_takes_its_place()
    {
        var order = await till.OrderAtBankAsync();

        Assert.IsType<PaymentOutcome.Succeeded>(await till.PayAsync(order, "good"));

        await till.MustBeChargedOnceAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await till.ConfirmAsync(order));
    }

    [Fact]
    public async Task The_same_PaymentMethod_again_while_the_bank_is_asking_is_a_second_click_not_a_second_attempt()
    {
        var order = await till.OrderAsync();
        var card = FakeCard.Fresh("bank");
        var first = Assert.IsType<PaymentOutcome.ActionRequired>(await till.Service().PayAsync(order, card));

        var second = Assert.IsType<PaymentOutcome.ActionRequired>(await till.Service().PayAsync(order, card));

        Assert.Equal(first.ClientSecret, second.ClientSecret);
        Assert.Single(till.Stripe.MoneyCalls);
        Assert.Single(await till.Ledger.AttemptsAsync(order));
    }
}
