using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>
/// The circuit was given up while its browser was away, and a new one takes its place: the form that the shopper finds is
/// the one that was left, and says the truth.
/// </summary>
public sealed class ResumedCircuitTests : CheckoutFormContext
{
    [Fact]
    public async Task What_the_shopper_was_told_is_told_again()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.ExpiredCard)));
        Open().Pay();

        var resumed = await ResumeAsync(OrderIn(PaymentState.AwaitingPayment));

        Assert.Equal("Your card has expired. Use another card.", resumed.Alert);
        Assert.True(resumed.CanPay);
        Assert.Equal(2, Browser.TimesMounted);
    }

    [Fact]
    public async Task A_form_that_waited_for_nothing_says_nothing()
    {
        Open();

        var resumed = await ResumeAsync(OrderIn(PaymentState.AwaitingPayment) with { LastFailure = new(FailureReason.ExpiredCard) });

        Assert.Equal("", resumed.Alert);
        Assert.True(resumed.CanPay);
    }

    [Theory]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.AwaitingConfirmation)]
    public async Task A_payment_that_was_at_the_bank_goes_on_without_a_click(PaymentState now)
    {
        Card.WillMakePaymentMethod("pm_1");
        _ = Card.WillShowChallengeAndWait();
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("secret"));
        Open().Pay();
        var challenge = Card.WillShowChallengeAndWait();
        Payments.WillConfirm(new PaymentOutcome.ActionRequired("secret"));
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));

        var resumed = await ResumeAsync(OrderIn(now));
        Assert.Equal("Waiting for your bank…", resumed.Status);
        Assert.Equal(["secret", "secret"], Card.Challenges);
        await challenge.AnswerAsync(new(null, null));

        Assert.Equal("Payment complete", resumed.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public async Task A_payment_that_was_not_under_way_waits_for_the_click_that_goes_on_with_it()
    {
        Open(PaymentState.AwaitingAuthentication);

        var resumed = await ResumeAsync(OrderIn(PaymentState.AwaitingAuthentication));

        Assert.Equal(["Continue with your bank", "Use another card"], resumed.Buttons);
        Assert.Equal(0, Payments.Confirmations);
    }

    [Theory]
    [InlineData(null, "The card could not be sent. You have not been charged.")]
    [InlineData(FailureReason.InsufficientFunds, "Your card doesn't have enough funds.")]
    public async Task A_card_that_was_being_checked_is_accounted_for(FailureReason? failure, string alert)
    {
        _ = Card.WillBeAskedAndWait();
        Open().Pay();

        var resumed = await ResumeAsync(OrderIn(PaymentState.AwaitingPayment) with { LastFailure = failure is { } reason ? new(reason) : null });

        Assert.StartsWith(alert, resumed.Alert, StringComparison.Ordinal);
        Assert.True(resumed.CanPay);
    }

    [Fact]
    public async Task A_card_that_never_reached_the_shop_is_not_told_the_decline_of_the_one_before()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment) with { LastFailure = new(FailureReason.InsufficientFunds) });
        _ = Card.WillBeAskedAndWait();
        OpenForm().Pay();

        var resumed = await ResumeAsync();

        Assert.StartsWith("The card could not be sent.", resumed.Alert, StringComparison.Ordinal);
        Assert.True(resumed.CanPay);
    }

    [Fact]
    public async Task An_order_that_was_paid_meanwhile_is_paid_and_the_host_is_told()
    {
        Card.WillMakePaymentMethod("pm_1");
        _ = Payments.WillAnswerWhenTold();
        Open().Pay();

        var resumed = await ResumeAsync(OrderIn(PaymentState.Paid));

        Assert.Equal("Payment complete", resumed.Heading!.TextContent);
        Assert.Equal(Receipt, Assert.Single(PaidReports));
    }

    [Fact]
    public async Task Trying_again_later_does_not_go_back_to_what_was_handed_over()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.ExpiredCard)));
        Open().Pay();
        Browser.Init.Throws(new Microsoft.JSInterop.JSException("Stripe.js could not be loaded."));
        var resumed = await ResumeAsync(OrderIn(PaymentState.AwaitingPayment));
        Assert.Equal(["Try again"], resumed.Buttons);

        resumed.Press("Try again");

        Assert.Equal("", resumed.Alert);
        Assert.True(resumed.CanPay);
    }

    /// <summary>The old form leaves what it leaves, and the new one opens.</summary>
    /// <param name="now">How the order stands by then; null for as before.</param>
    private async Task<CheckoutScreen> ResumeAsync(Payment? now = null)
    {
        Persisted.TriggerOnPersisting();
        await LeaveAsync();
        if (now is not null)
            Payments.Hold(now);
        return OpenForm();
    }
}
