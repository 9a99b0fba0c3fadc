using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class AuthenticationTests : IDisposable
{
    private readonly Till till = new();

    public void Dispose() => till.Dispose();

    [Fact]
    public async Task After_the_challenge_the_server_confirms_and_the_order_is_paid()
    {
        var order = await till.OrderAtBankAsync();
        till.Stripe.EndChallenge(order, authenticated: true);

        Assert.IsType<PaymentOutcome.Succeeded>(await till.ConfirmAsync(order));

        Assert.Equal(
            [$"order-{order}-attempt-1-step-1", PaymentStep.NewKey(order, 1, 2, till.Ledger.Clock.GetUtcNow().UtcDateTime)],
            till.Stripe.MoneyCalls.Select(call => call.IdempotencyKey));
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_confirm_that_asks_for_another_challenge_goes_round_again()
    {
        var order = await till.OrderAtBankAsync("banktwice");

        till.Stripe.EndChallenge(order, authenticated: true);
        Assert.IsType<PaymentOutcome.ActionRequired>(await till.ConfirmAsync(order));
        till.Stripe.EndChallenge(order, authenticated: true);
        Assert.IsType<PaymentOutcome.Succeeded>(await till.ConfirmAsync(order));

        Assert.Equal(3, till.Stripe.MoneyCalls.Select(call => call.IdempotencyKey).Distinct().Count());
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_failed_or_closed_challenge_is_no_payment_and_the_next_card_pays_on_the_same_intent()
    {
        var order = await till.OrderAtBankAsync();
        till.Stripe.EndChallenge(order, authenticated: false);

        var declined = Assert.IsType<PaymentOutcome.Declined>(await till.ConfirmAsync(order));

        Assert.Equal(FailureReason.AuthenticationFailed, declined.Failure.Reason);
        Assert.Equal(FailureReason.AuthenticationFailed, Assert.Single(await till.Ledger.AttemptsAsync(order)).FailureReason);
        await till.MustNotBeChargedAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await till.PayAsync(order));
        Assert.Single(till.Stripe.Intents);
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_confirm_before_the_challenge_is_over_shows_it_again_and_moves_nothing()
    {
        var order = await till.OrderAtBankAsync();

        Assert.IsType<PaymentOutcome.ActionRequired>(await till.ConfirmAsync(order));
        Assert.IsType<PaymentOutcome.ActionRequired>(await till.ConfirmAsync(order));

        Assert.Single(till.Stripe.MoneyCalls);
    }

    [Fact]
    public async Task A_card_that_is_declined_after_the_challenge_says_why()
    {
        var order = await till.OrderAtBankAsync("bankpoor");
        till.Stripe.EndChallenge(order, authenticated: true);

        var declined = Assert.IsType<PaymentOutcome.Declined>(await till.ConfirmAsync(order));

        Assert.Equal(FailureReason.InsufficientFunds, declined.Failure.Reason);
        await till.MustNotBeChargedAsync(order);
    }

    [Fact]
    public async Task A_second_confirm_after_success_is_success()
    {
        var order = await till.OrderAtBankAsync();
        till.Stripe.EndChallenge(order, authenticated: true);
        await till.ConfirmAsync(order);

        Assert.IsType<PaymentOutcome.Succeeded>(await till.ConfirmAsync(order));
        Assert.IsType<PaymentOutcome.Succeeded>(await till.PayAsync(order));
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task Looking_the_order_up_confirms_nothing()
    {
        var order = await till.OrderAtBankAsync();
        till.Stripe.EndChallenge(order, authenticated: true);

        Assert.Equal(PaymentState.AwaitingConfirmation, (await till.RefreshAsync(order))!.State);

        Assert.Single(till.Stripe.MoneyCalls);
        Assert.IsType<PaymentOutcome.Succeeded>(await till.ConfirmAsync(order));
        await till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task An_attempt_goes_on_under_the_integration_that_it_began_under()
    {
        var order = await till.OrderAtBankAsync("banktwice");
        till.Settings.Authentication = AuthenticationMode.Decline;
        till.Stripe.EndChallenge(order, authenticated: true);

        Assert.IsType<PaymentOutcome.ActionRequired>(await till.ConfirmAsync(order));
    }

    [Fact]
    public async Task A_canceled_intent_ends_the_order()
    {
        var order = await till.OrderAtBankAsync();
        till.Stripe.IntentOf(order).End(PaymentState.Canceled);

        Assert.IsType<PaymentOutcome.Canceled>(await till.ConfirmAsync(order));
        await till.MustNotBeChargedAsync(order);
    }
}
