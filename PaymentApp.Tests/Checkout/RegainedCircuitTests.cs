using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>The browser was away and is back: what its script answered in between went nowhere, and the form must not wait for it.</summary>
public sealed class RegainedCircuitTests : CheckoutFormContext
{
    private static readonly PaymentOutcome Asked = new PaymentOutcome.ActionRequired("pi_1_secret_1");

    [Fact]
    public async Task A_challenge_that_ended_while_away_is_found_by_asking_the_server()
    {
        Card.WillMakePaymentMethod("pm_1");
        _ = Card.WillShowChallengeAndWait();
        Payments.WillAnswer(Asked);
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();
        screen.Pay();
        Assert.Equal("Waiting for your bank…", screen.Status);

        await LoseAndRegainAsync();

        await screen.UntilAsync(now => Assert.Equal("Payment complete", now.Heading?.TextContent));
        Assert.Equal(1, Payments.Confirmations);
    }

    [Fact]
    public async Task A_challenge_that_is_still_open_is_waited_for_again()
    {
        Card.WillMakePaymentMethod("pm_1");
        _ = Card.WillShowChallengeAndWait();
        var shown = Card.WillShowChallengeAndWait();
        Payments.WillAnswer(Asked);
        Payments.WillConfirm(Asked);
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();
        screen.Pay();

        await LoseAndRegainAsync();
        await screen.UntilAsync(_ => Assert.Equal(2, Card.Challenges.Count));
        Assert.Equal("Waiting for your bank…", screen.Status);
        await shown.AnswerAsync(new(null, null));

        await screen.UntilAsync(now => Assert.Equal("Payment complete", now.Heading?.TextContent));
        Assert.Equal(2, Payments.Confirmations);
    }

    [Fact]
    public async Task A_card_that_was_being_checked_is_asked_for_again()
    {
        _ = Card.WillBeAskedAndWait();
        Card.WillMakePaymentMethod("pm_2");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();
        screen.Pay();

        await LoseAndRegainAsync();

        await screen.UntilAsync(now => Assert.Equal("Payment complete", now.Heading?.TextContent));
        Assert.Equal("pm_2", Assert.Single(Payments.Paid).PaymentMethod);
    }

    [Fact]
    public async Task A_form_that_waits_for_nothing_stays_as_it_is()
    {
        var screen = Open();

        await LoseAndRegainAsync();

        Assert.True(screen.CanPay);
        Assert.Equal(0, Payments.Confirmations);
    }
}
