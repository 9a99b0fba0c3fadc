using System.Reflection;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>What each answer of the server becomes on the page, whether a card was entered or an earlier attempt went on.</summary>
public sealed class OutcomeTests : CheckoutFormContext
{
    private const string Charged = "Payment complete";
    private const string Held = "Payment authorized";

    public static TheoryData<PaymentOutcome, Expected> Outcomes { get; } = new()
    {
        { new PaymentOutcome.Succeeded(Receipt), new(Heading: Charged, Reports: 1) },
        { new PaymentOutcome.RequiresCapture(Receipt), new(Heading: Held, Reports: 1) },
        { Declined(FailureReason.ExpiredCard), new(Alert: "Your card has expired. Use another card.", CanPay: true, Failures: 1) },
        { Declined(FailureReason.PaymentLost), new(Alert: "This order can't be paid any more.", Failures: 1) },
        { new PaymentOutcome.Processing(), new(Text: "Your payment is being processed.", Button: "Check again") },
        { new PaymentOutcome.Canceled(), new(Alert: "This payment was canceled and you have not been charged.") },
        { new PaymentOutcome.Unknown(), new(Text: "We are checking with your bank.", Button: "Check again") },
        { Refused(RefusalReason.UnknownOrder), new(Alert: "We can't find this order.") },
        { Refused(RefusalReason.MalformedPaymentMethod), new(Alert: "Your card details did not arrive.", CanPay: true) },
        { Refused(RefusalReason.TooManyAttempts), new(Alert: "There have been too many attempts from your connection.", CanPay: true) },
        { Refused(RefusalReason.OrderTriedTooOften), new(Alert: "There have been too many attempts to pay this order.") },
        { Refused(RefusalReason.AuthenticationGivenUp), new(Alert: "You chose to use another card", CanPay: true) },
        { Refused(RefusalReason.NothingToConfirm), new(Alert: "There is nothing to confirm yet.", CanPay: true) },
        { Refused(RefusalReason.IntentMismatch), new(Alert: "This payment doesn't match your order") },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void An_answer_to_a_card_is_shown(PaymentOutcome outcome, Expected expected)
    {
        Card.WillMakePaymentMethod("pm_1");
        Payments.WillAnswer(outcome);
        var screen = Open();

        screen.Pay();

        AssertShown(screen, expected);
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void An_answer_to_the_confirmation_after_a_challenge_is_shown(PaymentOutcome outcome, Expected expected)
    {
        Card.WillMakePaymentMethod("pm_1");
        Card.WillPassChallenge();
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("secret"));
        Payments.WillConfirm(outcome);
        var screen = Open();

        screen.Pay();

        AssertShown(screen, expected);
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void An_answer_to_a_payment_that_goes_on_after_a_reload_is_shown(PaymentOutcome outcome, Expected expected)
    {
        Payments.WillConfirm(outcome);
        var screen = Open(PaymentState.AwaitingConfirmation);

        screen.Press("Finish payment");

        AssertShown(screen, expected);
    }

    [Fact]
    public void Every_outcome_and_every_refusal_is_among_these()
    {
        var outcomes = typeof(PaymentOutcome).GetNestedTypes(BindingFlags.Public).Where(type => type.IsSubclassOf(typeof(PaymentOutcome)));
        var shown = Outcomes.Select(row => (PaymentOutcome)row[0]).ToList();

        // A required action is shown as the bank's page: ChallengeTests.
        Assert.Equal(
            outcomes.Where(type => type != typeof(PaymentOutcome.ActionRequired)).Order(ByName),
            shown.Select(outcome => outcome.GetType()).Distinct().Order(ByName));
        // What is shown of a question that was refused depends on the order: AskedTooOftenTests.
        Assert.Equal(Enum.GetValues<RefusalReason>().Except([RefusalReason.AskedTooOften]), shown.OfType<PaymentOutcome.Refused>().Select(refused => refused.Reason));
    }

    private static Comparer<Type> ByName { get; } = Comparer<Type>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    private static PaymentOutcome.Declined Declined(FailureReason reason) => new(new PaymentFailure(reason));

    private static PaymentOutcome.Refused Refused(RefusalReason reason) => new(reason);

    private void AssertShown(CheckoutScreen screen, Expected expected)
    {
        Assert.Equal(expected.Heading, screen.Heading?.TextContent);
        Assert.StartsWith(expected.Alert, screen.Alert, StringComparison.Ordinal);
        Assert.Equal(expected.Alert == "", screen.Alert == "");
        Assert.Contains(expected.Text, screen.Text, StringComparison.Ordinal);
        Assert.Equal(expected.CanPay, screen.CanPay);
        Assert.Equal(expected.CanPay, screen.ShowsCard);
        Assert.Equal(expected.CanPay ? [$"Pay {AmountText}"] : expected.Button is null ? [] : [expected.Button], screen.Buttons);
        Assert.Equal(expected.Reports, PaidReports.Count);
        Assert.Equal(expected.Failures, FailureReports.Count);
        if (expected.CanPay)
        {
            Assert.Equal(1, Browser.TimesMounted);
            Assert.False(Card.IsDisabled);
        }
    }

    /// <param name="Reports">How often the host was told that the order is paid.</param>
    /// <param name="Failures">How often the host was told of a failed attempt.</param>
    public sealed record Expected(
        string? Heading = null,
        string Alert = "",
        string Text = "",
        string? Button = null,
        bool CanPay = false,
        int Reports = 0,
        int Failures = 0);
}
