using PaymentApp.Payments;
using PaymentApp.Tests.Ledger;

namespace PaymentApp.Tests.Payments;

public sealed class UnknownOutcomeTests : IDisposable
{
    private readonly PaymentTestBench _till = new();

    public void Dispose() => _till.Dispose();

    [Theory]
    [InlineData(Trouble.RequestLost)]
    [InlineData(Trouble.AnswerLost)]
    public async Task An_unknown_outcome_is_asked_for_again_with_the_same_key_and_card(Trouble trouble)
    {
        var order = await _till.OrderAsync();
        _till.Stripe.Suffer(trouble);

        Assert.IsType<PaymentOutcome.Unknown>(await _till.PayAsync(order));
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));

        Assert.Single(_till.Stripe.MoneyCalls.Select(call => (call.IdempotencyKey, call.PaymentMethod)).Distinct());
        Assert.Single(await _till.Ledger.AttemptsAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task An_unknown_outcome_is_never_reported_as_a_failure()
    {
        var order = await _till.OrderAsync();
        _till.Stripe.Suffer(Trouble.AnswerLost);
        await _till.PayAsync(order);

        var found = await _till.FindAsync(order);

        Assert.NotNull(found.OpenStep);
        Assert.Null(found.LastFailure);
    }

    [Fact]
    public async Task A_repetition_that_was_not_carried_out_says_nothing_about_the_first_try()
    {
        var order = await _till.OrderAsync();
        _till.Stripe.Suffer(Trouble.AnswerLost, Trouble.NotExecuted, Trouble.NotExecuted);

        Assert.IsType<PaymentOutcome.Unknown>(await _till.PayAsync(order));
        Assert.IsType<PaymentOutcome.Unknown>(await _till.PayAsync(order));
        Assert.IsType<PaymentOutcome.Unknown>(await _till.ConfirmAsync(order));
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));

        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_decline_whose_answer_was_lost_is_found_out_before_the_next_card_is_tried()
    {
        var order = await _till.OrderAsync();
        _till.Stripe.Suffer(Trouble.AnswerLost);
        Assert.IsType<PaymentOutcome.Unknown>(await _till.PayAsync(order, "poor"));

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order, "good"));

        Assert.Equal(
            [FailureReason.InsufficientFunds, null],
            (await _till.Ledger.AttemptsAsync(order)).Select(attempt => attempt.FailureReason));
        Assert.Single(_till.Stripe.Intents);
        await _till.MustBeChargedOnceAsync(order);
    }

    [Theory]
    [InlineData(Trouble.RequestLost)]
    [InlineData(Trouble.AnswerLost)]
    public async Task The_confirm_after_the_challenge_may_get_lost_too(Trouble trouble)
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: true);
        _till.Stripe.Suffer(Trouble.None, trouble);

        Assert.IsType<PaymentOutcome.Unknown>(await _till.ConfirmAsync(order));
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));

        await _till.MustBeChargedOnceAsync(order);
    }

    [Theory]
    [InlineData(Trouble.CrashBefore)]
    [InlineData(Trouble.CrashAfter)]
    public async Task A_shop_that_ended_between_the_written_step_and_its_answer_finds_out_when_it_is_back(Trouble crash)
    {
        var order = await _till.OrderAsync();
        _till.Stripe.Suffer(crash);
        await Assert.ThrowsAsync<ShopCrashedException>(() => _till.PayAsync(order));

        Assert.Equal(PaymentState.Paid, (await _till.RefreshAsync(order))!.State);

        Assert.Single(_till.Stripe.MoneyCalls.Select(call => call.IdempotencyKey).Distinct());
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_step_that_was_written_and_never_asked_is_asked_by_whoever_comes_next()
    {
        var order = await _till.OrderAsync();
        var step = await _till.Ledger.BeginAttemptAsync(await _till.FindAsync(order), FakeCard.Fresh("good").Value);

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));

        Assert.Equal([step.IdempotencyKey], _till.Stripe.MoneyCalls.Select(call => call.IdempotencyKey));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Theory]
    [InlineData(Trouble.CrashBefore)]
    [InlineData(Trouble.CrashAfter)]
    public async Task A_crash_around_the_confirm_after_the_challenge_loses_nothing(Trouble crash)
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: true);
        _till.Stripe.Suffer(Trouble.None, crash);
        await Assert.ThrowsAsync<ShopCrashedException>(() => _till.ConfirmAsync(order));

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_shopper_who_leaves_while_Stripe_is_asked_does_not_lose_the_answer()
    {
        var order = await _till.OrderAsync();
        using var circuit = new CancellationTokenSource();
        _till.Stripe.After = _ => circuit.CancelAsync();

        var outcome = await _till.Service().PayAsync(order, FakeCard.Fresh("good"), cancellationToken: circuit.Token);

        Assert.IsType<PaymentOutcome.Succeeded>(outcome);
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_shopper_who_leaves_while_the_confirm_is_asked_does_not_lose_the_answer()
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: true);
        using var circuit = new CancellationTokenSource();
        _till.Stripe.Before = call => call.Verb is "confirm" ? circuit.CancelAsync() : Task.CompletedTask;

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.Service().ConfirmAsync(order, PaymentActor.Shopper, circuit.Token));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_shopper_who_left_before_anything_was_written_has_asked_for_nothing()
    {
        var order = await _till.OrderAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _till.Service().PayAsync(order, FakeCard.Fresh("good"), cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(_till.Stripe.Calls);
        Assert.Empty(await _till.Ledger.AttemptsAsync(order));
    }

    [Fact]
    public async Task An_order_that_is_known_to_be_paid_says_so_while_a_step_is_open_and_Stripe_is_away()
    {
        var order = await PaidBehindTheBackOfAnOpenStepAsync();
        _till.Stripe.Suffer(Trouble.RequestLost, Trouble.RequestLost, Trouble.RequestLost);

        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.ConfirmAsync(order));
        Assert.Equal(PaymentState.Paid, (await _till.RefreshAsync(order))!.State);
    }

    [Fact]
    public async Task A_create_is_not_repeated_once_the_orders_intent_is_known()
    {
        var order = await PaidBehindTheBackOfAnOpenStepAsync();

        await _till.RefreshAsync(order);

        Assert.Single(_till.Stripe.MoneyCalls);
        Assert.Null((await _till.FindAsync(order)).OpenStep);
        await _till.MustBeChargedOnceAsync(order);
    }

    /// <summary>As when a webhook brings the success whose answer was lost.</summary>
    private async Task<OrderId> PaidBehindTheBackOfAnOpenStepAsync()
    {
        var order = await _till.OrderAsync();
        _till.Stripe.Suffer(Trouble.AnswerLost);
        await _till.PayAsync(order);
        var told = Assert.IsType<GatewayAnswer<IntentSnapshot>.Answered>(_till.Stripe.IntentOf(order).Answer());
        await _till.Ledger.Payments.RecordAsync(order, told.Value);
        return order;
    }
}
