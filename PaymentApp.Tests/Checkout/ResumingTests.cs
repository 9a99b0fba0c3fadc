using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>A shopper who comes back, or reloads, finds the truth and can go on from there.</summary>
public sealed class ResumingTests : CheckoutFormContext
{
    [Theory]
    [InlineData(PaymentState.AwaitingPayment)]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.AwaitingConfirmation)]
    public void A_request_without_an_answer_yet_is_said_and_must_not_be_paid_again(PaymentState state)
    {
        var screen = Open(state, withOpenStep: true);

        Assert.Contains("We are checking with your bank. Please don't pay again", screen.Text, StringComparison.Ordinal);
        Assert.Equal(["Check again"], screen.Buttons);
        Assert.False(screen.ShowsCard);
    }

    [Fact]
    public void A_paid_order_is_paid_even_if_a_request_is_still_open()
    {
        var screen = Open(PaymentState.Paid, withOpenStep: true);

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Fact]
    public void A_canceled_order_is_canceled_even_if_a_request_is_still_open()
    {
        var screen = Open(PaymentState.Canceled, withOpenStep: true);

        Assert.StartsWith("This payment was canceled", screen.Alert, StringComparison.Ordinal);
    }

    [Fact]
    public void Checking_again_goes_on_where_the_answer_leads()
    {
        Payments.WillConfirm(new PaymentOutcome.Unknown());
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open(withOpenStep: true);

        screen.Press("Check again");
        Assert.Equal(["Check again"], screen.Buttons);

        screen.Press("Check again");
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public void A_challenge_that_a_reload_interrupted_is_gone_on_with()
    {
        Card.WillPassChallenge();
        Payments.WillConfirm(new PaymentOutcome.ActionRequired("secret"));
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open(PaymentState.AwaitingAuthentication);
        Assert.Contains("Your bank still has to confirm this payment with you.", screen.Text, StringComparison.Ordinal);
        Assert.Equal(["Continue with your bank", "Use another card"], screen.Buttons);

        screen.Press("Continue with your bank");

        Assert.Equal(["secret"], Card.Challenges);
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Empty(Payments.Paid);
    }

    [Fact]
    public void A_payment_that_only_lacks_the_last_confirmation_is_finished_without_any_script()
    {
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open(PaymentState.AwaitingConfirmation);
        Assert.Contains("Your bank has confirmed this payment.", screen.Text, StringComparison.Ordinal);
        Assert.Equal(["Finish payment", "Use another card"], screen.Buttons);

        screen.Press("Finish payment");

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.DoesNotContain("import", Browser.Calls);
    }

    [Fact]
    public void A_finished_payment_that_the_bank_declines_after_all_asks_for_another_card()
    {
        Payments.WillConfirm(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.InsufficientFunds)));
        Card.WillMakePaymentMethod("pm_2");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open(PaymentState.AwaitingConfirmation);

        screen.Press("Finish payment");
        Assert.StartsWith("Your card doesn't have enough funds.", screen.Alert, StringComparison.Ordinal);
        screen.Pay();

        Assert.Equal("pm_2", Assert.Single(Payments.Paid).PaymentMethod);
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Fact]
    public async Task While_an_earlier_payment_goes_on_the_form_says_so_and_hides_the_card()
    {
        var confirmation = Payments.WillConfirmWhenTold();
        var screen = Open(PaymentState.AwaitingConfirmation);

        screen.Press("Finish payment");
        Assert.Equal("Confirming your payment…", screen.Status);
        Assert.Empty(screen.Buttons);
        Assert.False(screen.ShowsCard);

        await confirmation.AnswerAsync(new PaymentOutcome.Processing());
        Assert.StartsWith("Your payment is being processed.", screen.Status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.AwaitingConfirmation)]
    public void Another_card_can_be_used_instead_of_going_on(PaymentState state)
    {
        Card.WillMakePaymentMethod("pm_2");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open(state);

        screen.Press("Use another card");
        Assert.True(screen.CanPay);
        screen.Pay();

        Assert.Equal("pm_2", Assert.Single(Payments.Paid).PaymentMethod);
        Assert.Equal(1, Browser.TimesMounted);
    }

    [Fact]
    public void A_paid_order_shows_its_receipt()
    {
        var screen = Open(PaymentState.Paid);

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Equal("Visa ending in 4242", screen.Receipt["Card"]);
        Assert.Empty(screen.Buttons);
    }

    [Fact]
    public void A_paid_order_whose_card_is_not_known_shows_a_receipt_without_one()
    {
        Payments.Hold(OrderIn(PaymentState.Paid) with { Card = null });

        var screen = OpenForm();

        Assert.Equal(["Order", "Amount"], screen.Receipt.Keys);
    }

    [Fact]
    public void An_authorized_order_shows_what_is_held()
    {
        var screen = Open(PaymentState.Authorized);

        Assert.Equal("Payment authorized", screen.Heading!.TextContent);
        Assert.Equal(AmountText, screen.Receipt["Amount"]);
    }

    [Fact]
    public void A_payment_that_stripe_works_on_lets_the_shopper_go()
    {
        var screen = Open(PaymentState.Processing);

        Assert.StartsWith("Your payment is being processed. You can close this page", screen.Status, StringComparison.Ordinal);
        Assert.False(screen.ShowsCard);
    }

    [Fact]
    public void A_shopper_who_stays_can_ask_what_became_of_a_payment_that_stripe_works_on()
    {
        Payments.WillConfirm(new PaymentOutcome.Processing());
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open(PaymentState.Processing);

        screen.Press("Check again");
        Assert.Equal(["Check again"], screen.Buttons);

        screen.Press("Check again");
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public void A_canceled_payment_says_so_and_offers_nothing()
    {
        var screen = Open(PaymentState.Canceled);

        Assert.Equal("This payment was canceled and you have not been charged. Please place a new order.", screen.Alert);
        Assert.Empty(screen.Buttons);
    }

    [Fact]
    public void An_order_that_does_not_exist_says_where_to_start_again()
    {
        Payments.HoldNothing();

        var screen = OpenForm();

        Assert.Equal("We can't find this order. Please start again from the shop.", screen.Alert);
        Assert.Empty(screen.Buttons);
        Assert.Empty(Browser.Calls);
    }
}
