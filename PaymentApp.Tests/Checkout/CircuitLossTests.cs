using Microsoft.JSInterop;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>The browser is gone for good: every call to it throws, first while the form works and then while it is taken down.</summary>
public sealed class CircuitLossTests : CheckoutFormContext
{
    private static readonly JSDisconnectedException Gone = new("The circuit has disconnected and is being disposed.");

    [Fact]
    public async Task While_the_module_is_imported()
    {
        var import = Browser.ImportWaits();
        Open();

        await LoseAsync(import.FailAsync);
    }

    [Fact]
    public async Task While_the_card_field_is_mounted()
    {
        var init = Browser.InitWaits();
        Open();

        await LoseAsync(init.FailAsync);
    }

    [Fact]
    public async Task Before_the_card_field_is_ready_to_type_in()
    {
        Card.Enable.Throws(Gone);

        Open();

        await LoseAsync(_ => Task.CompletedTask);
    }

    [Fact]
    public async Task While_the_card_is_made_a_payment_method()
    {
        var made = Card.WillBeAskedAndWait();
        Open().Pay();

        await LoseAsync(made.FailAsync);
        Assert.Empty(Payments.Paid);
    }

    [Fact]
    public async Task While_the_server_pays()
    {
        Card.WillMakePaymentMethod("pm_1");
        var answer = Payments.WillAnswerWhenTold();
        Open().Pay();

        await LoseAsync(_ => answer.AnswerAsync(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.GenericDecline))));
    }

    [Fact]
    public async Task While_the_bank_asks()
    {
        Card.WillMakePaymentMethod("pm_1");
        var challenge = Card.WillShowChallengeAndWait();
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("secret"));
        Open().Pay();

        await LoseAsync(challenge.FailAsync);
        Assert.Equal(0, Payments.Confirmations);
    }

    [Fact]
    public async Task While_the_server_confirms()
    {
        Card.WillMakePaymentMethod("pm_1");
        Card.WillPassChallenge();
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("secret"));
        var confirmation = Payments.WillConfirmWhenTold();
        Open().Pay();

        await LoseAsync(_ => confirmation.AnswerAsync(new PaymentOutcome.ActionRequired("secret_2")));
        Assert.Equal(1, Payments.Confirmations);
    }

    [Fact]
    public async Task When_the_order_is_paid_and_the_receipt_cannot_be_focused()
    {
        Card.WillMakePaymentMethod("pm_1");
        var answer = Payments.WillAnswerWhenTold();
        var screen = Open();
        screen.Pay();

        await LoseAsync(_ => answer.AnswerAsync(new PaymentOutcome.Succeeded(Receipt)));

        Assert.Single(PaidReports);
    }

    [Fact]
    public async Task When_another_card_is_asked_for()
    {
        var screen = Open(PaymentState.AwaitingAuthentication);

        await LoseAsync(_ =>
        {
            screen.Press("Use another card");
            return Task.CompletedTask;
        });
    }

    private async Task LoseAsync(Func<Exception, Task> happens)
    {
        Browser.Disconnect(Gone);
        await happens(Gone);
        AssertNothingWasThrown();

        await LeaveAsync();
        AssertNothingWasThrown();
    }
}
