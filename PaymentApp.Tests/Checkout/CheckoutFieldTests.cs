using PaymentApp.Checkout;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Checkout;

/// <summary>What stands around the card: fields, steps, hints.</summary>
public sealed class CheckoutFieldTests : CheckoutFormContext
{
    [Fact]
    public void The_address_for_the_receipt_goes_with_the_attempt()
    {
        Card.WillMakePaymentMethod("pm_1", LogGuard.ShopperEmail);
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));

        Open().Pay();

        Assert.Equal(EmailAddress.Parse(LogGuard.ShopperEmail), Shopper.Email);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("nobody@nowhere")]
    [InlineData("a b@c.example")]
    public void What_a_browser_sends_in_place_of_an_address_is_left_out(string sent)
    {
        Card.WillMakePaymentMethod("pm_1", sent);
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));

        Open().Pay();

        Assert.Null(Shopper.Email);
        Assert.Single(Payments.Paid);
    }

    [Fact]
    public async Task A_field_that_is_wrong_says_so_beside_it_until_it_is_right()
    {
        var screen = Open();
        Assert.Empty(screen.Form.QuerySelectorAll(".field-problem"));

        await Browser.CheckFieldsAsync("email");
        var email = screen.Form.QuerySelector("input[name=email]")!;
        Assert.Equal("true", email.GetAttribute("aria-invalid"));
        Assert.Equal(Texts.Checkout["Email_Problem"], screen.Form.QuerySelector($"[id='{email.GetAttribute("aria-describedby")}']")!.TextContent);

        await Browser.CheckFieldsAsync("cardholder");
        Assert.Null(screen.Form.QuerySelector("input[name=email]")!.GetAttribute("aria-invalid"));
        Assert.Equal(Texts.Checkout["Name_Problem"], screen.Form.QuerySelectorAll(".field-problem").Single().TextContent);

        await Browser.CheckFieldsAsync();
        Assert.Empty(screen.Form.QuerySelectorAll(".field-problem"));
    }

    [Fact]
    public void A_form_with_a_wrong_field_pays_nothing_and_can_be_sent_again()
    {
        Card.WillRefuse(CardError.Field, message: null);
        var screen = Open();

        screen.Pay();

        Assert.Empty(Payments.Paid);
        Assert.Equal("", screen.Alert);
        Assert.True(screen.CanPay);
        Assert.False(Card.IsDisabled);
    }

    [Fact]
    public void A_card_that_must_not_be_tried_again_is_taken_out_of_the_form()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(PaymentFailure.FromCodes("card_declined", "do_not_try_again")));
        var screen = Open();

        screen.Pay();

        Assert.True(Card.WasCleared);
        Assert.True(Card.WasFocused);
        Assert.Contains("Use another card", screen.Alert, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generic_decline")]
    [InlineData("lost_card")]
    [InlineData("stolen_card")]
    [InlineData("insufficient_funds")]
    public void Any_other_card_stays_in_the_form(string declineCode)
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Declined(PaymentFailure.FromCodes("card_declined", declineCode)));

        Open().Pay();

        Assert.False(Card.WasCleared);
    }

    [Fact]
    public void The_country_of_the_billing_address_is_asked_for_beside_the_card_and_with_it_alone()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Succeeded(Receipt));
        var screen = Open();
        var country = screen.Form.QuerySelector("select[name=country]")!;
        Assert.Equal("country", country.GetAttribute("autocomplete"));
        Assert.StartsWith(Texts.Checkout["Country_Label"], screen.Form.QuerySelector($"label[for='{country.Id}']")!.TextContent, StringComparison.Ordinal);
        Assert.False(country.ParentElement!.HasAttribute("hidden"));

        screen.Pay();

        Assert.True(screen.Form.QuerySelector("select[name=country]")!.ParentElement!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task After_ten_seconds_at_the_bank_a_hint_says_where_to_look()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("pi_1_secret_1"));
        var challenge = Card.WillShowChallengeAndWait();
        var screen = Open();
        screen.Pay();

        await PassAsync(TimeSpan.FromSeconds(9));
        Assert.Equal("Waiting for your bank…", screen.Announced);
        await PassAsync(TimeSpan.FromSeconds(1));
        await screen.UntilAsync(now => Assert.Contains(Texts.Checkout["BankHint"], now.Announced, StringComparison.Ordinal));
        Assert.Equal("Bank", CurrentStep(screen));

        Payments.WillConfirm(new PaymentOutcome.Succeeded(Receipt));
        await challenge.AnswerAsync(new(null, null));
        Assert.Equal("", screen.Announced);
        Assert.Null(CurrentStep(screen));
    }

    [Fact]
    public async Task Leaving_is_warned_about_only_while_a_payment_is_under_way()
    {
        var made = Card.WillBeAskedAndWait();
        Payments.WillAnswer(new PaymentOutcome.Declined(new PaymentFailure(FailureReason.GenericDecline)));
        var screen = Open();
        Assert.False(screen.Form.HasAttribute("data-leave-warning"));
        Assert.Equal("Card", CurrentStep(screen));

        screen.Pay();
        Assert.Equal(Texts.Checkout["LeaveWarning"], screen.Form.GetAttribute("data-leave-warning"));

        await made.AnswerAsync(new("pm_1", null));
        Assert.False(screen.Form.HasAttribute("data-leave-warning"));
    }

    [Fact]
    public void A_payment_that_needs_the_shop_names_its_contact()
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(new PaymentOutcome.Refused(RefusalReason.IntentMismatch));
        var screen = Open();

        screen.Pay();

        Assert.Equal("mailto:hello@small-hours.example", screen.Form.QuerySelector("[role=alert] a")!.GetAttribute("href"));
    }

    private static string? CurrentStep(CheckoutScreen screen) =>
        screen.Form.QuerySelectorAll(".checkout-steps [aria-current=step]").SingleOrDefault()?.TextContent.Trim();
}
