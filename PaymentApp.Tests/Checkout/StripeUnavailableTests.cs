using Microsoft.JSInterop;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>Stripe.js blocked by an extension, a firewall or a bad connection.</summary>
public sealed class StripeUnavailableTests : CheckoutFormContext
{
    private static readonly JSException Blocked = new("Stripe.js could not be loaded.");

    [Fact]
    public void The_shopper_is_told_what_to_do_and_that_the_order_is_kept()
    {
        Browser.Init.Throws(Blocked);

        var screen = Open();

        Assert.Equal(
            "The card form could not be loaded. Check your connection or ad blocker, then try again. Your order is kept.", screen.Alert);
        Assert.Equal(["Try again"], screen.Buttons);
        Assert.Equal("", screen.Status);
        Assert.False(screen.ShowsCard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Trying_again_works_without_reloading_the_page(bool moduleWasBlocked)
    {
        if (moduleWasBlocked)
            Browser.Import.Throws(Blocked);
        else
            Browser.Init.Throws(Blocked);
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();

        screen.Press("Try again");

        Assert.Equal("", screen.Alert);
        Assert.True(screen.CanPay);
        Assert.Equal(Container, Browser.ContainerOf(moduleWasBlocked ? 0 : 1));
        screen.Pay();
        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Fact]
    public void Trying_again_finds_out_anew_how_the_order_stands()
    {
        Browser.Init.Throws(Blocked);
        var screen = Open();
        Payments.Hold(OrderIn(PaymentState.Paid));

        screen.Press("Try again");

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }

    [Fact]
    public void A_module_whose_card_field_failed_is_given_back()
    {
        Browser.Init.Throws(Blocked);

        Open();

        Assert.Equal(["import", "module.init", "module.release"], Browser.Calls);
    }

    [Fact]
    public void A_script_that_does_not_answer_in_the_circuits_time_counts_as_blocked()
    {
        Browser.Init.Throws(new TaskCanceledException());

        var screen = Open();

        Assert.StartsWith("The card form could not be loaded.", screen.Alert, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bank_that_asks_after_a_reload_can_be_answered_once_stripe_js_is_there()
    {
        Browser.Init.Throws(Blocked);
        Card.WillPassChallenge();
        Payments.WillConfirm(new PaymentOutcome.ActionRequired("secret"));
        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open(PaymentState.AwaitingAuthentication);
        Assert.Equal(["Try again"], screen.Buttons);

        screen.Press("Try again");
        screen.Press("Continue with your bank");

        Assert.Equal("Payment complete", screen.Heading!.TextContent);
    }
}
