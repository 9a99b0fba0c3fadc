using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Checkout;

/// <summary>A shopper whose question was refused sees what the ledger says, why there is nothing newer, and every way on.</summary>
public sealed class AskedTooOftenTests : CheckoutFormContext
{
    private const string Wait = "We can't ask how this payment stands right now. Wait a minute and try again.";

    private static readonly PaymentOutcome Refused = new PaymentOutcome.Refused(RefusalReason.AskedTooOften, TimeSpan.FromSeconds(20));

    [Theory]
    [InlineData(PaymentState.AwaitingAuthentication, "Continue with your bank")]
    [InlineData(PaymentState.AwaitingConfirmation, "Finish payment")]
    public void Another_card_can_still_be_used(PaymentState state, string button)
    {
        Payments.WillConfirm(Refused);
        var screen = Open(state);

        screen.Press(button);

        Assert.Equal(Wait, screen.Alert);
        Assert.Equal([button, "Use another card"], screen.Buttons);
        screen.Press("Use another card");
        Assert.Equal("", screen.Alert);
        Assert.True(screen.CanPay);
    }

    [Fact]
    public void It_can_be_asked_again()
    {
        Payments.WillConfirm(Refused);
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open(PaymentState.AwaitingConfirmation);
        screen.Press("Finish payment");

        screen.Press("Finish payment");

        Assert.Equal("", screen.Alert);
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Fact]
    public void A_payment_that_is_being_checked_is_still_being_checked()
    {
        Payments.WillConfirm(Refused);
        var screen = Open(withOpenStep: true);

        screen.Press("Check again");

        Assert.Equal(Wait, screen.Alert);
        Assert.Contains("Please don't pay again", screen.Text, StringComparison.Ordinal);
        Assert.Equal(["Check again"], screen.Buttons);
        Assert.False(screen.ShowsCard);
    }

    [Fact]
    public void A_payment_that_was_processed_meanwhile_is_shown_as_the_ledger_has_it()
    {
        var screen = Open(PaymentState.AwaitingConfirmation);
        Payments.WillConfirm(Refused);
        Payments.Hold(OrderIn(PaymentState.Processing));

        screen.Press("Finish payment");

        Assert.Equal(Wait, screen.Alert);
        Assert.Contains("Your payment is being processed.", screen.Text, StringComparison.Ordinal);
        Assert.Equal(["Check again"], screen.Buttons);
    }

    [Fact]
    public void An_order_that_was_paid_meanwhile_is_paid()
    {
        var screen = Open(PaymentState.AwaitingConfirmation);
        Payments.WillConfirm(Refused);
        Payments.Hold(OrderIn(PaymentState.Paid));

        screen.Press("Finish payment");

        Assert.Equal("", screen.Alert);
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public void A_card_whose_order_has_a_request_without_an_answer_waits()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(Refused);
        var screen = Open();
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment, withOpenStep: true));

        screen.Pay();

        Assert.Equal(Wait, screen.Alert);
        Assert.Equal(["Check again"], screen.Buttons);
        Assert.False(screen.ShowsCard);
    }

    [Fact]
    public void A_card_whose_order_was_cleared_meanwhile_can_be_tried_again()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(Refused);
        var screen = Open();

        screen.Pay();

        Assert.Equal(Wait, screen.Alert);
        Assert.True(screen.CanPay);
        Assert.Empty(FailureReports);
    }

    /// <summary>As by the webhook of a challenge that the shopper failed: why the card failed says more than that nobody was asked.</summary>
    [Fact]
    public async Task A_decline_that_the_ledger_learned_meanwhile_is_shown()
    {
        Payments.WillConfirm(Refused);
        var screen = Open(PaymentState.AwaitingConfirmation);
        var failed = Payments.Hold(OrderIn(PaymentState.AwaitingPayment) with { LastFailure = new PaymentFailure(FailureReason.AuthenticationFailed) });
        Payments.DuringNextCall(() => Changes.Tell(PaymentChange.To(failed)));

        screen.Press("Finish payment");

        await screen.UntilAsync(shown => Assert.Equal(Texts.Checkout.Failure(FailureReason.AuthenticationFailed), shown.Alert));
        Assert.True(screen.CanPay);
    }

    [Fact]
    public void A_decline_of_an_earlier_card_is_not_shown_again()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment) with { LastFailure = new PaymentFailure(FailureReason.ExpiredCard) });
        Payments.WillAnswer(Refused);
        var screen = OpenForm();

        screen.Pay();

        Assert.Equal(Wait, screen.Alert);
        Assert.True(screen.CanPay);
    }

    /// <summary>Another tab's card was under way when this one's was refused, and fails later.</summary>
    [Fact]
    public async Task A_card_that_was_never_tried_is_not_said_to_have_failed()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(Refused);
        var screen = Open();
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment, withOpenStep: true));
        screen.Pay();
        Assert.Equal(["Check again"], screen.Buttons);

        Changes.Tell(PaymentChange.To(
            Payments.Hold(OrderIn(PaymentState.AwaitingPayment) with { LastFailure = new PaymentFailure(FailureReason.InsufficientFunds) })));

        await screen.UntilAsync(shown => Assert.True(shown.CanPay));
        Assert.Equal("", screen.Alert);
    }

    [Fact]
    public void After_a_challenge_the_bank_can_be_gone_on_with()
    {
        Card.WillMakePaymentMethod("pm_1");
        Card.WillPassChallenge();
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("secret"));
        Payments.WillConfirm(Refused);
        var screen = Open();
        Payments.Hold(OrderIn(PaymentState.AwaitingAuthentication));

        screen.Pay();

        Assert.Equal(Wait, screen.Alert);
        Assert.Equal(["Continue with your bank", "Use another card"], screen.Buttons);
    }
}
