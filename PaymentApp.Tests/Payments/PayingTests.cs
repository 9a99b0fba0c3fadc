using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

public sealed class PayingTests : IDisposable
{
    private readonly PaymentTestBench _till = new();

    public void Dispose() => _till.Dispose();

    [Fact]
    public async Task A_good_card_pays_the_order_and_releases_the_goods()
    {
        var order = await _till.OrderAsync();

        var outcome = await _till.PayAsync(order);

        var receipt = Assert.IsType<PaymentOutcome.Succeeded>(outcome).Receipt;
        var found = await _till.FindAsync(order);
        Assert.Equal(new PaidReceipt(found.Order.Number, Money.OfMajor(49, Currency.Usd), new CardSummary("visa", "4242")), receipt);
        Assert.Null(found.OpenStep);
        Assert.Null(found.LastFailure);
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task The_intent_is_created_from_the_orders_amount_and_reference_alone()
    {
        var order = await _till.OrderAsync();

        await _till.PayAsync(order);

        var intent = _till.Stripe.IntentOf(order);
        Assert.Equal(Money.OfMajor(49, Currency.Usd), intent.Amount);
        Assert.Equal($"order-{order}-attempt-1-step-1", Assert.Single(_till.Stripe.Calls).IdempotencyKey);
    }

    [Theory]
    [InlineData("slow", typeof(PaymentOutcome.Processing), PaymentState.Processing)]
    [InlineData("held", typeof(PaymentOutcome.RequiresCapture), PaymentState.Authorized)]
    [InlineData("poor", typeof(PaymentOutcome.Declined), PaymentState.AwaitingPayment)]
    [InlineData("bank", typeof(PaymentOutcome.ActionRequired), PaymentState.AwaitingAuthentication)]
    public async Task What_is_no_payment_yet_releases_nothing(string card, Type outcome, PaymentState state)
    {
        var order = await _till.OrderAsync();

        Assert.IsType(outcome, await _till.PayAsync(order, card));

        Assert.Equal(state, (await _till.FindAsync(order)).State);
        await _till.MustNotBeChargedAsync(order);
    }

    [Fact]
    public async Task In_Decline_mode_a_card_that_needs_the_bank_fails_and_the_next_card_pays()
    {
        _till.Settings.Authentication = AuthenticationMode.Decline;
        var order = await _till.OrderAsync();

        var declined = Assert.IsType<PaymentOutcome.Declined>(await _till.PayAsync(order, "bank"));
        var paid = await _till.PayAsync(order);

        Assert.Equal(FailureReason.AuthenticationNotHandled, declined.Failure.Reason);
        Assert.IsType<PaymentOutcome.Succeeded>(paid);
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task The_callers_choice_of_integration_wins_over_the_configured_one()
    {
        _till.Settings.Authentication = AuthenticationMode.Decline;

        var outcome = await _till.PayAsync(await _till.OrderAsync(), "bank", AuthenticationMode.Handle);

        Assert.IsType<PaymentOutcome.ActionRequired>(outcome);
    }

    [Theory]
    [MemberData(nameof(PaymentMethodIdTests.Malformed), MemberType = typeof(PaymentMethodIdTests))]
    public async Task A_malformed_PaymentMethod_is_refused_and_leaves_no_trace(string? paymentMethod)
    {
        var order = await _till.OrderAsync();

        var outcome = await _till.Service().PayAsync(order, paymentMethod!);

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.MalformedPaymentMethod), outcome);
        Assert.Empty(_till.Stripe.Calls);
        Assert.Empty(await _till.Ledger.AttemptsAsync(order));
    }

    [Fact]
    public async Task A_PaymentMethod_that_was_used_on_another_order_fails_and_a_fresh_one_pays()
    {
        var used = FakeCard.Fresh("good");
        await _till.Service().PayAsync(await _till.OrderAsync(), used);
        var order = await _till.OrderAsync();

        var declined = Assert.IsType<PaymentOutcome.Declined>(await _till.Service().PayAsync(order, used));

        Assert.Equal(FailureReason.PaymentMethodUnusable, declined.Failure.Reason);
        Assert.Equal(declined.Failure, (await _till.FindAsync(order)).LastFailure);
        await _till.MustNotBeChargedAsync(order);
        Assert.IsType<PaymentOutcome.Succeeded>(await _till.PayAsync(order));
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task An_order_that_nobody_placed_is_refused_everywhere()
    {
        var forged = OrderId.New();
        var service = _till.Service();

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.UnknownOrder), await service.PayAsync(forged, "pm_good_1"));
        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.UnknownOrder), await service.ConfirmAsync(forged, PaymentActor.Shopper));
        Assert.Null(await service.FindAsync(forged));
        Assert.Null(await service.RefreshAsync(forged, PaymentActor.Shopper));
        Assert.Empty(_till.Stripe.Calls);
    }

    [Fact]
    public async Task An_order_without_a_payment_has_nothing_to_confirm()
    {
        var order = await _till.OrderAsync();

        Assert.Equal(new PaymentOutcome.Refused(RefusalReason.NothingToConfirm), await _till.ConfirmAsync(order));
        Assert.Equal(PaymentState.AwaitingPayment, (await _till.RefreshAsync(order))!.State);
        Assert.Empty(_till.Stripe.Calls);
    }

    [Theory]
    [InlineData("good", null, typeof(PaymentOutcome.Succeeded))]
    [InlineData("held", null, typeof(PaymentOutcome.RequiresCapture))]
    [InlineData("slow", null, typeof(PaymentOutcome.Processing))]
    [InlineData("bank", PaymentState.Canceled, typeof(PaymentOutcome.Canceled))]
    public async Task A_settled_order_is_answered_without_asking_Stripe(string card, PaymentState? then, Type outcome)
    {
        var order = await _till.OrderAsync();
        await _till.PayAsync(order, card);
        if (then is { } happened)
        {
            _till.Stripe.IntentOf(order).End(happened);
            await _till.RefreshAsync(order);
        }

        var calls = _till.Stripe.Calls.Count;

        Assert.IsType(outcome, await _till.PayAsync(order));
        Assert.IsType(outcome, await _till.ConfirmAsync(order));
        Assert.Equal(calls, _till.Stripe.Calls.Count);
    }

    [Fact]
    public async Task What_is_processing_is_paid_once_Stripe_says_so()
    {
        var order = await _till.OrderAsync();
        await _till.PayAsync(order, "slow");
        _till.Stripe.IntentOf(order).End(PaymentState.Paid);

        Assert.Equal(PaymentState.Paid, (await _till.RefreshAsync(order))!.State);
        await _till.MustBeChargedOnceAsync(order);
    }

    [Fact]
    public async Task A_client_secret_goes_to_the_caller_and_nowhere_else()
    {
        var order = await _till.OrderAtBankAsync();
        _till.Stripe.EndChallenge(order, authenticated: false);
        var outcome = await _till.PayAsync(order, "bank");
        await _till.RefreshAsync(order);
        _till.Stripe.Suffer(Trouble.AnswerLost);
        await _till.PayAsync(order, "bank");

        Assert.Equal("pi_1_secret_x", Assert.IsType<PaymentOutcome.ActionRequired>(outcome).ClientSecret);
        Assert.DoesNotContain("secret", outcome.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(_till.Logs.Entries);
        Assert.DoesNotContain("_secret_", _till.Logs.Text + _till.Ledger.Logs.Text, StringComparison.Ordinal);
    }
}
