using AngleSharp.Dom;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>What screen readers and browser tests hold on to.</summary>
public sealed class AnnouncementTests : CheckoutFormContext
{
    [Fact]
    public void The_form_is_a_landmark_with_a_name() => Assert.Equal("Payment", Open().Form.GetAttribute("aria-label"));

    [Fact]
    public async Task The_pay_button_keeps_its_name_while_it_is_disabled()
    {
        var made = Card.WillBeAskedAndWait();
        var screen = Open();
        Assert.Equal($"Pay {AmountText}", screen.PayLabel);

        screen.Pay();

        Assert.Equal($"Pay {AmountText}", screen.PayLabel);
        Assert.True(screen.PayButton!.HasAttribute("disabled"));
        await made.AnswerAsync(new(null, new("validation_error", "Your card number is incomplete.")));
        Assert.False(screen.PayButton.HasAttribute("disabled"));
    }

    [Fact]
    public async Task The_live_regions_are_there_before_they_have_anything_to_say_and_stay()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        var version = Payments.WillFindVersionWhenTold(Order);
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.GenericDecline)));
        var screen = OpenForm();

        AssertRegions(screen);
        await version.AnswerAsync(1);
        AssertRegions(screen);
        screen.Pay();
        AssertRegions(screen);
    }

    [Fact]
    public async Task No_live_region_is_inside_anything_that_says_it_is_busy()
    {
        var made = Card.WillBeAskedAndWait();
        var screen = Open();

        screen.Pay();

        // A busy region's changes are held back until it is busy no more, and by then the text is another.
        foreach (var region in screen.Form.QuerySelectorAll("[role=status], [role=alert], [aria-live]"))
            Assert.Null(region.Closest("[aria-busy=true]"));
        Assert.Equal("true", screen.PayButton!.GetAttribute("aria-busy"));
        await made.AnswerAsync(new(null, new("validation_error", "Your card number is incomplete.")));
        Assert.Equal("false", screen.PayButton!.GetAttribute("aria-busy"));
    }

    [Fact]
    public void The_alert_stands_between_the_card_and_the_pay_button()
    {
        var screen = Open();

        var alert = screen.Form.QuerySelector("[role=alert]")!;

        Assert.True(Precedes(screen.CardContainer, alert));
        Assert.True(Precedes(alert, screen.PayButton!));
    }

    [Fact]
    public void The_spinner_is_for_the_eye_only()
    {
        _ = Browser.InitWaits();

        var spinner = Open().Form.QuerySelector("[role=status] .spinner")!;

        Assert.Equal("true", spinner.GetAttribute("aria-hidden"));
    }

    [Fact]
    public void A_payment_that_succeeded_takes_the_focus_to_its_heading()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();

        screen.Pay();

        var focused = (Microsoft.AspNetCore.Components.ElementReference)JSInterop.VerifyFocusAsyncInvoke().Arguments[0]!;
        Assert.Equal(screen.Heading!.GetAttribute("blazor:elementReference"), focused.Id);
        Assert.Equal("-1", screen.Heading!.GetAttribute("tabindex"));
        Assert.Equal("H2", screen.Heading.TagName);
    }

    [Fact]
    public void A_failure_takes_the_focus_back_to_the_card()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.GenericDecline)));
        var screen = Open();
        Assert.False(Card.WasFocused);

        screen.Pay();

        Assert.True(Card.WasFocused);
    }

    [Fact]
    public void Not_knowing_is_announced()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Unknown());
        var screen = Open();

        screen.Pay();

        Assert.StartsWith("We are checking with your bank.", screen.Announced, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PaymentState.AwaitingAuthentication, "Your bank still has to confirm this payment with you.")]
    [InlineData(PaymentState.AwaitingConfirmation, "Your bank has confirmed this payment. One last step is missing.")]
    public void A_payment_that_can_go_on_is_announced(PaymentState state, string announcement)
    {
        var screen = Open(state);

        Assert.Equal(announcement, screen.Announced);
    }

    [Fact]
    public void Buttons_other_than_pay_do_not_send_the_form()
    {
        var screen = Open(PaymentState.AwaitingAuthentication);

        Assert.All(screen.Form.QuerySelectorAll("button"), button => Assert.Equal("button", button.GetAttribute("type")));
    }

    private static void AssertRegions(CheckoutScreen screen)
    {
        Assert.Single(screen.Form.QuerySelectorAll("[role=status]"));
        Assert.Single(screen.Form.QuerySelectorAll("[role=alert]"));
        Assert.Single(screen.Form.QuerySelectorAll("[aria-live=polite]"));
    }

    private static bool Precedes(INode one, INode other) =>
        one.CompareDocumentPosition(other).HasFlag(DocumentPositions.Following);
}
