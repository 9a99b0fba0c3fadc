using Microsoft.JSInterop;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

public sealed class CardErrorTests : CheckoutFormContext
{
    private const string ConnectionTrouble = "The card could not be sent. You have not been charged. Check your connection and try again.";

    [Fact]
    public async Task What_is_wrong_with_the_card_is_said_while_it_is_typed()
    {
        var screen = Open();

        await Browser.TypeAsync("Your card number is invalid.");
        Assert.Equal("Your card number is invalid.", screen.Alert);

        await Browser.TypeAsync(problem: null);
        Assert.Equal("", screen.Alert);
    }

    [Fact]
    public void An_incomplete_card_is_said_in_stripes_words_and_goes_nowhere()
    {
        Card.WillRefuse("validation_error", "Your card's expiration date is incomplete.");
        var screen = Open();

        screen.Pay();

        Assert.Equal("Your card's expiration date is incomplete.", screen.Alert);
        Assert.Empty(Payments.Paid);
        Assert.Empty(FailureReports);
        AssertCanTryAgain(screen);
    }

    [Theory]
    [InlineData("api_connection_error", "Network error: ECONNRESET at r.stripe.com")]
    [InlineData("api_error", "An unexpected error has occurred.")]
    [InlineData("rate_limit_error", null)]
    [InlineData("invalid_request_error", "Invalid API Key provided: pk_test_****shop")]
    [InlineData("authentication_error", "Invalid API Key provided: pk_test_****shop")]
    [InlineData("IntegrationError", null)]
    public void An_error_that_was_not_written_for_shoppers_is_not_shown_to_them(string type, string? message)
    {
        Card.WillRefuse(type, message);
        var screen = Open();

        screen.Pay();

        Assert.Equal(ConnectionTrouble, screen.Alert);
        Assert.Empty(Payments.Paid);
        AssertCanTryAgain(screen);
    }

    [Fact]
    public void A_script_that_throws_is_trouble_with_the_connection()
    {
        Card.WillThrowWhenAsked(new JSException("Cannot read properties of undefined"));
        var screen = Open();

        screen.Pay();

        Assert.Equal(ConnectionTrouble, screen.Alert);
        AssertCanTryAgain(screen);
    }

    [Fact]
    public async Task A_script_that_never_answers_is_trouble_with_the_connection_after_a_minute()
    {
        var late = Card.WillBeAskedAndWait();
        var screen = Open();
        screen.Pay();

        await PassAsync(TimeSpan.FromSeconds(59));
        Assert.Equal("Checking your card…", screen.Status);
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(ConnectionTrouble, screen.Alert);
        await late.AnswerAsync(new("pm_late", null));
        Assert.Empty(Payments.Paid);
        AssertCanTryAgain(screen);
    }

    [Fact]
    public async Task Typing_answers_the_last_failure()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.ExpiredCard)));
        var screen = Open();
        screen.Pay();
        Assert.NotEqual("", screen.Alert);

        await Browser.TypeAsync(problem: null);

        Assert.Equal("", screen.Alert);
        Assert.True(screen.CanPay);
    }

    [Fact]
    public async Task Typing_that_arrives_while_the_payment_works_changes_nothing()
    {
        Card.WillMakePaymentMethod("pm_1");
        var answer = Payments.WillAnswerWhenTold();
        var screen = Open();
        screen.Pay();

        await Browser.TypeAsync("Your card number is incomplete.");

        Assert.Equal("Checking your card…", screen.Status);
        Assert.Equal("", screen.Alert);
        await answer.AnswerAsync(new PaymentOutcome.Succeeded(Receipt));
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Fact]
    public void A_host_whose_callback_fails_does_not_make_a_paid_order_look_unpaid()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        HostOnPaid = _ => throw new JSException("The host's analytics are blocked.");
        var screen = Open();

        Assert.Throws<JSException>(screen.Pay);

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
        Assert.DoesNotContain("not been charged", screen.Text, StringComparison.Ordinal);
        ExpectsThrown = true;
    }

    private void AssertCanTryAgain(CheckoutScreen screen)
    {
        Assert.True(screen.CanPay);
        Assert.False(Card.IsDisabled);
        Assert.True(Card.WasFocused);
        Card.WillMakePaymentMethod("pm_again");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        screen.Pay();
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }
}
