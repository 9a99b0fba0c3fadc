using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class AuthenticationTests : IDisposable
{
    private readonly PaymentTestBench _till = new();

    public void Dispose() => _till.Dispose();

    [Fact]
    public async Task After_the_challenge_the_server_confirms_and_the_order_is_paid()
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: true);

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));

        Assert.Equal(
            [$"order-{order}-attempt-1-step-1", PaymentStep.NewKey(order, 1, 2, _till.Ledger.Clock.GetUtcNow().UtcDateTime)],
            _till.Stripe.MoneyCalls.Select(call => call.IdempotencyKey));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_confirm_that_asks_for_another_challenge_goes_round_again()
    {
        var order = await _till.OrderAtBankAsync("banktwice");

        _till.Stripe.EndChallenge(order, authenticated: true);
        Assert.IsType<PaymentOutcome.ActionRequired>(await _till.ConfirmAsync(order));
        _till.Stripe.EndChallenge(order, authenticated: true);
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));

        Assert.Equal(3, _till.Stripe.MoneyCalls.Select(call => call.IdempotencyKey).Distinct().Count());
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_failed_or_closed_challenge_is_no_payment_and_the_next_card_pays_on_the_same_intent()
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: false);

        var declined = Assert.IsType<PaymentOutcome.Declined>(await _till.ConfirmAsync(order));

        Assert.Equal(FailureReason.AuthenticationFailed, declined.Failure.Reason);
        Assert.Equal(FailureReason.AuthenticationFailed, Assert.Single(await _till.Ledger.AttemptsAsync(order)).FailureReason);
        await _till.MustNotBeChargedAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));
        Assert.Single(_till.Stripe.Intents);
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_confirm_before_the_challenge_is_over_shows_it_again_and_moves_nothing()
    {
        var order = await _till.OrderAtBankAsync();

        Assert.IsType<PaymentOutcome.ActionRequired>(await _till.ConfirmAsync(order));
        Assert.IsType<PaymentOutcome.ActionRequired>(await _till.ConfirmAsync(order));

        Assert.Single(_till.Stripe.MoneyCalls);
    }

    [Fact]
    public async Task A_card_that_is_declined_after_the_challenge_says_why()
    {
        var order = await _till.OrderAtBankAsync("bankpoor");
        _till.Stripe.EndChallenge(order, authenticated: true);

        var declined = Assert.IsType<PaymentOutcome.Declined>(await _till.ConfirmAsync(order));

        Assert.Equal(FailureReason.InsufficientFunds, declined.Failure.Reason);
        await _till.MustNotBeChargedAsync(order);
    }

    [Fact]
    public async Task A_second_confirm_after_success_is_success()
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: true);
        await _till.ConfirmAsync(order);

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task Looking_the_order_up_confirms_nothing()
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: true);

        Assert.Equal(PaymentState.AwaitingConfirmation, (await _till.RefreshAsync(order))!.State);

        Assert.Single(_till.Stripe.MoneyCalls);
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task An_attempt_goes_on_under_the_integration_that_it_began_under()
    {
        var order = await _till.OrderAtBankAsync("banktwice");
        _till.Settings.Authentication = AuthenticationMode.Decline;
        _till.Stripe.EndChallenge(order, authenticated: true);

        Assert.IsType<PaymentOutcome.ActionRequired>(await _till.ConfirmAsync(order));
    }

    [Fact]
    public async Task A_canceled_intent_ends_the_order()
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.IntentOf(order).End(PaymentState.Canceled);

        Assert.IsType<PaymentOutcome.Canceled>(await _till.ConfirmAsync(order));
        await _till.MustNotBeChargedAsync(order);
    }
}
