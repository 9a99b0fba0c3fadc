using Microsoft.JSInterop;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>The loop of Stripe's guide: as long as the bank asks, show its page and confirm again.</summary>
public sealed class ChallengeTests : CheckoutFormContext
{
    private static readonly PaymentOutcome Asked = new PaymentOutcome.ActionRequired("pi_1_secret_1");

    [Fact]
    public async Task A_passed_challenge_is_confirmed_and_pays_the_order()
    {
        var screen = PayWithCardThatIsChallenged(out var challenge, out var confirmation);
        Assert.Equal("Waiting for your bank…", screen.Status);
        Assert.Equal(0, Payments.Confirmations);

        await challenge.AnswerAsync(new(null, null));
        Assert.Equal("Confirming your payment…", screen.Status);

        await confirmation.AnswerAsync(new PaymentOutcome.Succeeded(Receipt));
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Equal(["pi_1_secret_1"], Card.Challenges);
        Assert.Single(Payments.Paid);
        Assert.Single(PaidReports);
    }

    [Fact]
    public async Task While_the_bank_and_the_server_are_busy_nothing_can_be_pressed()
    {
        var screen = PayWithCardThatIsChallenged(out var challenge, out _);

        Assert.False(screen.CanPay);
        Assert.True(Card.IsDisabled);
        await challenge.AnswerAsync(new(null, null));
        Assert.False(screen.CanPay);
        Assert.True(Card.IsDisabled);
    }

    [Fact]
    public void A_failed_or_closed_challenge_is_the_servers_to_judge_and_the_card_stays_for_another_try()
    {
        var failure = new PaymentFailure(FailureReason.AuthenticationFailed, "payment_intent_authentication_failure");
        Card.WillMakePaymentMethod("pm_1");
        Card.WillFailChallenge();
        Payments.WillAnswer(Asked);
        Payments.WillConfirm(new PaymentOutcome.Declined(failure));
        var screen = Open();

        screen.Pay();

        Assert.StartsWith("Your bank could not confirm that it's you, so you have not been charged.", screen.Alert, StringComparison.Ordinal);
        Assert.True(screen.CanPay);
        Assert.Equal(failure, Assert.Single(FailureReports));
    }

    [Fact]
    public void A_challenge_that_the_browser_called_failed_still_pays_when_the_server_says_so()
    {
        Card.WillMakePaymentMethod("pm_1");
        Card.WillFailChallenge();
        Payments.WillAnswer(Asked);
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();

        screen.Pay();

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Equal("", screen.Alert);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_challenge_that_could_not_be_shown_is_offered_again_not_repeated_without_end(bool stripeThrows)
    {
        Card.WillMakePaymentMethod("pm_1");
        if (stripeThrows)
            Card.WillThrowAtChallenge(new JSException("handleCardAction: the PaymentIntent is not in the requires_action state."));
        else
            Card.WillEndChallenge("api_connection_error");
        Payments.WillAnswer(Asked);
        Payments.WillConfirm(Asked);
        var screen = Open();

        screen.Pay();

        Assert.StartsWith("Your bank's page could not be shown.", screen.Alert, StringComparison.Ordinal);
        Assert.Equal(["Continue with your bank", "Use another card"], screen.Buttons);
        Assert.Single(Card.Challenges);
        Assert.Empty(FailureReports);
    }

    [Fact]
    public void A_browser_that_answers_every_challenge_and_is_asked_again_is_not_asked_without_end()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(Asked);
        for (var turn = 0; turn < 20; turn++)
        {
            Card.WillPassChallenge();
            Payments.WillConfirm(Asked);
        }

        var screen = Open();

        screen.Pay();

        Assert.Equal(5, Card.Challenges.Count);
        Assert.Equal(["Continue with your bank", "Use another card"], screen.Buttons);
    }

    [Fact]
    public void A_challenge_that_could_not_be_shown_can_be_gone_on_with()
    {
        Card.WillMakePaymentMethod("pm_1");
        Card.WillEndChallenge("api_connection_error");
        Card.WillPassChallenge();
        Payments.WillAnswer(Asked);
        Payments.WillConfirm(Asked);
        Payments.WillConfirm(Asked);
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();

        screen.Pay();
        screen.Press("Continue with your bank");

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.Single(Payments.Paid);
        Assert.Equal(1, Browser.TimesMounted);
    }

    [Fact]
    public void After_a_challenge_that_could_not_be_shown_another_card_can_be_used()
    {
        Card.WillMakePaymentMethod("pm_1");
        Card.WillEndChallenge("api_connection_error");
        Payments.WillAnswer(Asked);
        Payments.WillConfirm(Asked);
        var screen = Open();

        screen.Pay();
        screen.Press("Use another card");

        Assert.True(screen.CanPay);
        Assert.Equal("", screen.Alert);
        Assert.False(Card.IsDisabled);
        Assert.Equal(1, Browser.TimesMounted);
    }

    [Fact]
    public void A_bank_that_asks_several_times_is_answered_each_time_with_its_own_secret()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("secret_1"));
        for (var turn = 2; turn <= 3; turn++)
            Payments.WillConfirm(new PaymentOutcome.ActionRequired($"secret_{turn}"));
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        for (var turn = 1; turn <= 3; turn++)
            Card.WillPassChallenge();
        var screen = Open();

        screen.Pay();

        Assert.Equal(["secret_1", "secret_2", "secret_3"], Card.Challenges);
        Assert.Equal(3, Payments.Confirmations);
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Fact]
    public async Task The_shopper_has_twenty_minutes_at_the_bank_not_the_circuits_one()
    {
        var screen = PayWithCardThatIsChallenged(out var challenge, out var confirmation);

        await PassAsync(TimeSpan.FromMinutes(19));
        Assert.Equal("Waiting for your bank…", screen.Status);
        Assert.Equal(0, Payments.Confirmations);

        await challenge.AnswerAsync(new(null, null));
        await confirmation.AnswerAsync(new PaymentOutcome.Succeeded(Receipt));
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Fact]
    public async Task A_shopper_who_does_not_come_back_from_the_bank_is_told_and_can_go_on()
    {
        var screen = PayWithCardThatIsChallenged(out var challenge, out var confirmation);

        await PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal("Confirming your payment…", screen.Status);
        await confirmation.AnswerAsync(Asked);

        Assert.StartsWith("Your bank has not heard from you in time.", screen.Alert, StringComparison.Ordinal);
        Assert.Equal(["Continue with your bank", "Use another card"], screen.Buttons);

        await challenge.AnswerAsync(new(null, null));
        Assert.Equal(1, Payments.Confirmations);
    }

    [Fact]
    public async Task A_shopper_who_was_slow_and_passed_has_paid()
    {
        var screen = PayWithCardThatIsChallenged(out _, out var confirmation);

        await PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal("Confirming your payment…", screen.Status);
        await confirmation.AnswerAsync(new PaymentOutcome.Succeeded(Receipt));

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Fact]
    public async Task Rendering_the_page_again_shows_no_second_challenge()
    {
        _ = PayWithCardThatIsChallenged(out var challenge, out _);

        await Renderer.Dispatcher.InvokeAsync(() => Page!.Render(form => form.Add(parameters => parameters.Authentication, AuthenticationMode.Decline)));

        Assert.Single(Card.Challenges);
        await challenge.AnswerAsync(new(null, null));
        Assert.Single(Card.Challenges);
        Assert.Equal(1, Payments.Confirmations);
    }

    private CheckoutScreen PayWithCardThatIsChallenged(
        out Pending<PaymentApp.Checkout.CardResult> challenge, out Pending<PaymentOutcome> confirmation)
    {
        Card.WillMakePaymentMethod("pm_1");
        challenge = Card.WillShowChallengeAndWait();
        Payments.WillAnswer(Asked);
        confirmation = Payments.WillConfirmWhenTold();
        var screen = Open();
        screen.Pay();
        return screen;
    }
}
