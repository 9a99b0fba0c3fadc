using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>
/// A click that was on its way when the page changed arrives all the same: Blazor keeps its handler until the browser has
/// drawn the change. Here it arrives while the first one is being handled.
/// </summary>
public sealed class DoubleClickTests : CheckoutFormContext
{
    [Fact]
    public async Task Paying_twice_asks_for_one_payment_method_and_pays_once()
    {
        var made = Card.WillBeAskedAndWait();
        var answer = Payments.WillAnswerWhenTold();
        var screen = Open();

        screen.Pay();
        screen.Pay();
        await made.AnswerAsync(new("pm_1", null));
        screen.Pay();
        await answer.AnswerAsync(new PaymentOutcome.Succeeded(Receipt));

        Assert.Equal(1, Card.TimesAsked);
        Assert.Single(Payments.Paid);
        Assert.Single(PaidReports);
    }

    [Fact]
    public void A_click_while_a_declined_card_is_taken_away_keeps_the_card_that_is_being_paid_with()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.CardRefused)));
        _ = Card.WillBeAskedAndWait();
        var screen = Open();
        Browser.DuringNextCall(() => Browser.DuringNextCall(() => screen.Pay()));

        screen.Pay();

        Assert.Equal(2, Card.TimesAsked);
        Assert.True(Card.IsDisabled);
    }

    [Fact]
    public async Task Paying_during_the_challenge_or_the_confirmation_does_nothing()
    {
        Card.WillMakePaymentMethod("pm_1");
        var challenge = Card.WillShowChallengeAndWait();
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("secret"));
        var confirmation = Payments.WillConfirmWhenTold();
        var screen = Open();

        screen.Pay();
        screen.Pay();
        await challenge.AnswerAsync(new(null, null));
        screen.Pay();
        await confirmation.AnswerAsync(new PaymentOutcome.Succeeded(Receipt));
        screen.Pay();

        Assert.Single(Payments.Paid);
        Assert.Single(Card.Challenges);
        Assert.Equal(1, Payments.Confirmations);
    }

    [Fact]
    public void Paying_before_the_card_field_is_there_does_nothing()
    {
        _ = Browser.InitWaits();
        var screen = Open();

        screen.Pay();

        Assert.Empty(Payments.Paid);
        Assert.Equal("Loading the card form…", screen.Status);
    }

    [Fact]
    public async Task Finishing_a_payment_twice_confirms_once()
    {
        var confirmation = Payments.WillConfirmWhenTold();
        var screen = Open(PaymentState.AwaitingConfirmation);

        Payments.DuringNextCall(() => screen.Press("Finish payment"));
        screen.Press("Finish payment");
        await confirmation.AnswerAsync(new PaymentOutcome.Succeeded(Receipt));

        Assert.Equal(1, Payments.Confirmations);
    }

    [Fact]
    public async Task Asking_for_another_card_twice_mounts_one_card_field()
    {
        var init = Browser.InitWaits();
        var screen = Open(PaymentState.AwaitingConfirmation);

        Browser.DuringNextCall(() => screen.Press("Use another card"));
        screen.Press("Use another card");
        await init.AnswerAsync(Card.Reference);

        Assert.Equal(1, Browser.TimesMounted);
        Assert.True(screen.CanPay);
    }

    [Fact]
    public async Task Trying_again_twice_mounts_one_card_field()
    {
        Browser.Init.Throws(new Microsoft.JSInterop.JSException("Stripe.js could not be loaded."));
        var init = Browser.InitWaits();
        var screen = Open();

        Payments.DuringNextCall(() => screen.Press("Try again"));
        screen.Press("Try again");
        await init.AnswerAsync(Card.Reference);

        Assert.Equal(2, Browser.TimesMounted);
        Assert.True(screen.CanPay);
    }
}
