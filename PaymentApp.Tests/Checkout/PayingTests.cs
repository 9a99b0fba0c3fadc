using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

public sealed class PayingTests : CheckoutFormContext
{
    [Fact]
    public void A_card_that_is_taken_pays_the_order()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();

        screen.Pay();

        Assert.Equal((Order, "pm_1", null), Assert.Single(Payments.Paid));
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Equal("1042", screen.Receipt["Order"]);
        Assert.Equal(AmountText, screen.Receipt["Amount"]);
        Assert.Equal("Visa ending in 4242", screen.Receipt["Card"]);
        Assert.Equal(Receipt, Assert.Single(PaidReports));
        Assert.Empty(FailureReports);
    }

    [Fact]
    public async Task While_the_card_is_checked_nothing_can_be_pressed_or_typed()
    {
        var made = Card.WillBeAskedAndWait();
        var answer = Payments.WillAnswerWhenTold();
        var screen = Open();

        screen.Pay();
        AssertChecking(screen);

        await made.AnswerAsync(new("pm_1", null));
        AssertChecking(screen);

        await answer.AnswerAsync(new PaymentOutcome.Succeeded(Receipt));
        Assert.Equal("", screen.Status);
    }

    [Fact]
    public void A_declined_card_is_explained_and_can_be_replaced_where_it_stands()
    {
        var failure = new PaymentFailure(FailureReason.InsufficientFunds, "card_declined", "insufficient_funds");
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(failure));
        var screen = Open();

        screen.Pay();

        Assert.Equal("Your card doesn't have enough funds. Use another card, or try again later.", screen.Alert);
        Assert.True(screen.CanPay);
        Assert.False(Card.IsDisabled);
        Assert.True(Card.WasFocused);
        Assert.Equal(failure, Assert.Single(FailureReports));
        Assert.Empty(PaidReports);
    }

    [Fact]
    public void Every_attempt_is_made_with_a_fresh_payment_method()
    {
        Card.WillMakePaymentMethod("pm_1");
        Card.WillMakePaymentMethod("pm_2");
        Payments.WillAnswer(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.GenericDecline)));
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();

        screen.Pay();
        screen.Pay();

        Assert.Equal(["pm_1", "pm_2"], Payments.Paid.Select(attempt => attempt.PaymentMethod));
        Assert.Equal("", screen.Alert);
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(AuthenticationMode.Handle)]
    [InlineData(AuthenticationMode.Decline)]
    public void The_hosts_choice_of_integration_reaches_the_server(AuthenticationMode? choice)
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = OpenForm(choice);

        screen.Pay();

        Assert.Equal(choice, Assert.Single(Payments.Paid).Authentication);
    }

    [Fact]
    public async Task The_cards_container_is_one_and_the_same_element_through_every_state()
    {
        var made = Card.WillBeAskedAndWait();
        var challenge = Card.WillShowChallengeAndWait();
        var answer = Payments.WillAnswerWhenTold();
        var confirmation = Payments.WillConfirmWhenTold();
        var screen = Open();
        List<string> containers = [];
        void Look(bool shown)
        {
            Assert.Equal(shown, screen.ShowsCard);
            containers.Add(Container);
        }

        Look(shown: true);
        screen.Pay();
        Look(shown: true);
        await made.AnswerAsync(new("pm_1", null));
        Look(shown: true);
        await answer.AnswerAsync(new PaymentOutcome.ActionRequired("secret"));
        Look(shown: true);
        await challenge.AnswerAsync(new(null, null));
        Look(shown: true);
        await confirmation.AnswerAsync(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.GenericDecline)));
        Look(shown: true);
        Card.WillMakePaymentMethod("pm_2");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        screen.Pay();
        Look(shown: false);

        Assert.Equal(Browser.ContainerOf(), Assert.Single(containers.Distinct()));
        Assert.Equal(1, Browser.TimesMounted);
    }

    [Fact]
    public void A_card_field_is_not_loaded_for_an_order_that_needs_none()
    {
        Open(PaymentState.Paid);

        Assert.DoesNotContain("import", Browser.Calls);
    }

    private void AssertChecking(CheckoutScreen screen)
    {
        Assert.Equal("Checking your card…", screen.Status);
        Assert.False(screen.CanPay);
        Assert.True(Card.IsDisabled);
        Assert.True(screen.ShowsCard);
        Assert.Equal("", screen.Alert);
    }
}
