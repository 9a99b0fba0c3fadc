using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>A webhook, the sweeper or another tab moves the order while its form stands open.</summary>
public sealed class OrderChangeTests : CheckoutFormContext
{
    [Theory]
    [InlineData(PaymentState.AwaitingPayment, false)]
    [InlineData(PaymentState.AwaitingPayment, true)]
    [InlineData(PaymentState.AwaitingAuthentication, false)]
    [InlineData(PaymentState.AwaitingConfirmation, false)]
    [InlineData(PaymentState.Processing, false)]
    public void An_order_that_was_paid_elsewhere_is_paid_here_and_the_host_is_told_once(PaymentState before, bool withOpenStep)
    {
        var screen = Open(before, withOpenStep);

        Become(OrderIn(PaymentState.Paid));
        Become(OrderIn(PaymentState.Paid));

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Equal(Receipt, Assert.Single(PaidReports));
    }

    [Fact]
    public void An_outcome_that_turns_out_to_be_a_decline_is_explained()
    {
        var screen = Open(withOpenStep: true);

        Become(OrderIn(PaymentState.AwaitingPayment) with { LastFailure = new PaymentFailure(FailureReason.InsufficientFunds) });

        Assert.StartsWith("Your card doesn't have enough funds.", screen.Alert, StringComparison.Ordinal);
        Assert.True(screen.CanPay);
        Assert.Empty(PaidReports);
    }

    [Fact]
    public void A_challenge_whose_hour_passed_is_explained()
    {
        var screen = Open(PaymentState.AwaitingAuthentication);

        Become(OrderIn(PaymentState.AwaitingPayment) with { LastFailure = new PaymentFailure(FailureReason.AttemptExpired) });

        Assert.StartsWith("The payment was not finished in time, so you have not been charged.", screen.Alert, StringComparison.Ordinal);
        Assert.True(screen.CanPay);
    }

    [Theory]
    [InlineData(PaymentState.AwaitingPayment)]
    [InlineData(PaymentState.AwaitingAuthentication)]
    [InlineData(PaymentState.AwaitingConfirmation)]
    public void A_card_that_is_being_typed_is_not_taken_away_by_another_tabs_attempt(PaymentState now)
    {
        var screen = Open();

        Become(OrderIn(now) with { LastFailure = new PaymentFailure(FailureReason.ExpiredCard) });

        Assert.True(screen.CanPay);
        Assert.Equal("", screen.Alert);
    }

    [Fact]
    public void An_order_that_was_canceled_cannot_be_paid_any_more()
    {
        var screen = Open();

        Become(OrderIn(PaymentState.Canceled));

        Assert.StartsWith("This payment was canceled", screen.Alert, StringComparison.Ordinal);
        Assert.Empty(screen.Buttons);
    }

    [Fact]
    public async Task A_payment_under_way_here_hears_it_from_its_own_answer()
    {
        Card.WillMakePaymentMethod("pm_1");
        var answer = Payments.WillAnswerWhenTold();
        var screen = Open();
        screen.Pay();

        Become(OrderIn(PaymentState.Paid));
        Assert.Equal("Checking your card…", screen.Status);

        await answer.AnswerAsync(new PaymentOutcome.Succeeded(Receipt));
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public async Task A_change_that_arrives_while_the_card_field_loads_is_not_missed()
    {
        var init = Browser.InitWaits();
        var screen = Open();

        Become(OrderIn(PaymentState.Paid));
        await init.AnswerAsync(Card.Reference);

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.False(screen.ShowsCard);
        Assert.Single(PaidReports);
    }

    [Fact]
    public async Task A_change_that_arrives_while_the_order_is_looked_up_is_not_missed()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        var version = Payments.WillFindVersionWhenTold(Order);
        var screen = OpenForm();

        Changes.Publish(PaymentChange.To(OrderIn(PaymentState.Paid) with { Version = 2 }));
        await version.AnswerAsync(1);

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public async Task A_change_that_arrives_while_a_payment_is_under_way_is_not_missed_when_the_payment_is_refused()
    {
        var made = Card.WillBeAskedAndWait();
        var screen = Open();
        screen.Pay();

        Become(OrderIn(PaymentState.Paid));
        await made.AnswerAsync(new(null, new("validation_error", "Your card number is incomplete.")));

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public void A_challenge_that_was_passed_elsewhere_lacks_only_the_last_step()
    {
        var screen = Open(PaymentState.AwaitingAuthentication);

        Become(OrderIn(PaymentState.AwaitingConfirmation));

        Assert.Equal(["Finish payment", "Use another card"], screen.Buttons);
        Assert.StartsWith("Your bank has confirmed this payment.", screen.Announced, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PaymentState.Paid)]
    [InlineData(PaymentState.Authorized)]
    public void An_order_that_was_paid_before_is_reported_too(PaymentState state)
    {
        Open(state);

        Assert.Equal(Receipt, Assert.Single(PaidReports));
    }

    [Fact]
    public void An_amount_that_was_held_and_then_captured_is_reported_once()
    {
        var screen = Open(PaymentState.Processing);

        Become(OrderIn(PaymentState.Authorized));
        Assert.Equal("Payment authorized", screen.Heading!.TextContent);
        Become(OrderIn(PaymentState.Paid));

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(PaidReports);
    }

    [Fact]
    public async Task A_form_that_was_left_does_not_listen_any_more()
    {
        Open();
        await LeaveAsync();
        var lookups = Payments.Lookups;

        Become(OrderIn(PaymentState.Paid));

        AssertNothingWasThrown();
        Assert.Equal(lookups, Payments.Lookups);
        Assert.Empty(PaidReports);
    }

    [Fact]
    public void Another_orders_change_is_not_looked_at()
    {
        var screen = Open();
        Payments.Hold(OrderIn(PaymentState.Paid));

        var other = OrderId.New();
        Changes.Publish(PaymentChange.To(OrderIn(PaymentState.Paid) with { Order = new(other, "OTHER", Amount), Version = 2 }));

        Assert.True(screen.CanPay);
    }

    private void Become(Payment payment) => Changes.Publish(PaymentChange.To(Payments.Hold(payment)));
}
