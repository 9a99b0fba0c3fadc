using Microsoft.JSInterop;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>
/// The shopper leaves the page while the form waits for something. Nothing may be thrown, nothing said to a host that may
/// be gone too, and the script must get back all it gave.
/// </summary>
public sealed class LeavingTests : CheckoutFormContext
{
    public static TheoryData<PaymentOutcome> LateAnswers { get; } =
    [
        new PaymentOutcome.Succeeded(Receipt),
        new PaymentOutcome.ActionRequired("secret"),
        new PaymentOutcome.Declined(new PaymentFailure(FailureReason.GenericDecline)),
        new PaymentOutcome.Unknown(),
        new PaymentOutcome.Refused(RefusalReason.NothingToConfirm),
    ];

    [Fact]
    public async Task While_the_order_is_looked_up()
    {
        _ = Payments.WillFindWhenTold(Order);
        _ = Payments.WillFindVersionWhenTold(Order);
        OpenForm();

        await LeaveAsync();

        AssertNothingWasThrown();
        Assert.Empty(Browser.Calls);
    }

    [Fact]
    public async Task While_the_ledger_is_asked_whether_the_order_has_moved()
    {
        Payments.Hold(OrderIn(PaymentState.AwaitingPayment));
        var version = Payments.WillFindVersionWhenTold(Order);
        OpenForm();

        await LeaveAsync();
        await version.AnswerAsync(1);

        AssertNothingWasThrown();
        Assert.Empty(Browser.Calls);
    }

    [Fact]
    public async Task While_the_module_is_imported()
    {
        var import = Browser.ImportWaits();
        Open();

        await LeaveAsync();
        await import.AnswerAsync(Browser.Module);

        AssertNothingWasThrown();
        Assert.Equal(["import", "module.release"], Browser.Calls);
    }

    [Fact]
    public async Task While_the_card_field_is_mounted()
    {
        var init = Browser.InitWaits();
        Open();

        await LeaveAsync();
        await init.AnswerAsync(Card.Reference);

        AssertNothingWasThrown();
        AssertTornDown();
    }

    [Fact]
    public async Task With_the_card_field_mounted_and_nothing_under_way()
    {
        Open();
        await Browser.TypeAsync("Your card number is incomplete.");

        await LeaveAsync();

        AssertTornDown();
        await Assert.ThrowsAsync<JSException>(() => Browser.TypeAsync("Your card number is invalid."));
    }

    [Fact]
    public async Task While_the_card_is_made_a_payment_method()
    {
        var made = Card.WillBeAskedAndWait();
        Open().Pay();

        await LeaveAsync();
        await made.AnswerAsync(new("pm_1", null));

        AssertTornDown();
        Assert.Empty(Payments.Paid);
    }

    [Fact]
    public async Task Before_the_server_has_begun_to_pay()
    {
        Card.WillMakePaymentMethod("pm_1");
        _ = Payments.WillWaitToBegin();
        Open().Pay();

        await LeaveAsync();

        AssertTornDown();
        AssertNothingWasReported();
    }

    [Theory]
    [MemberData(nameof(LateAnswers))]
    public async Task While_the_server_pays(PaymentOutcome lateAnswer)
    {
        Card.WillMakePaymentMethod("pm_1");
        var answer = Payments.WillAnswerWhenTold();
        Open().Pay();

        await LeaveAsync();
        await answer.AnswerAsync(lateAnswer);

        AssertTornDown();
        AssertNothingWasReported();
        Assert.Empty(Card.Challenges);
    }

    [Fact]
    public async Task While_the_bank_asks()
    {
        Card.WillMakePaymentMethod("pm_1");
        var challenge = Card.WillShowChallengeAndWait();
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("secret"));
        Open().Pay();

        await LeaveAsync();
        await challenge.AnswerAsync(new(null, null));
        await PassAsync(TimeSpan.FromHours(1));

        AssertTornDown();
        AssertNothingWasReported();
        Assert.Equal(0, Payments.Confirmations);
    }

    [Theory]
    [MemberData(nameof(LateAnswers))]
    public async Task While_the_server_confirms_after_a_challenge(PaymentOutcome lateAnswer)
    {
        Card.WillMakePaymentMethod("pm_1");
        Card.WillPassChallenge();
        Payments.WillAnswer(new PaymentOutcome.ActionRequired("secret"));
        var confirmation = Payments.WillConfirmWhenTold();
        Open().Pay();

        await LeaveAsync();
        await confirmation.AnswerAsync(lateAnswer);

        AssertTornDown();
        AssertNothingWasReported();
        Assert.Single(Card.Challenges);
    }

    [Theory]
    [MemberData(nameof(LateAnswers))]
    public async Task While_the_server_goes_on_with_an_earlier_payment(PaymentOutcome lateAnswer)
    {
        var confirmation = Payments.WillConfirmWhenTold();
        Open(PaymentState.AwaitingConfirmation).Press("Finish payment");

        await LeaveAsync();
        await confirmation.AnswerAsync(lateAnswer);

        AssertNothingWasThrown();
        AssertNothingWasReported();
        Assert.Empty(Browser.Calls);
    }

    [Fact]
    public async Task While_another_card_is_fetched_for_an_earlier_payment()
    {
        var init = Browser.InitWaits();
        Open(PaymentState.AwaitingConfirmation).Press("Use another card");

        await LeaveAsync();
        await init.AnswerAsync(Card.Reference);

        AssertTornDown();
    }

    [Fact]
    public async Task Even_a_script_that_fails_to_take_the_card_field_away_gets_everything_back()
    {
        Card.Dispose.Throws(new JSException("This Element has already been destroyed."));
        Open();

        await LeaveAsync();

        Assert.IsType<JSException>(Thrown);
        Assert.Equal(["card-1.dispose", "card-1.release", "module.release"], Browser.Calls.TakeLast(3));
        ExpectsThrown = true;
    }

    private void AssertTornDown()
    {
        AssertNothingWasThrown();
        Assert.Equal(["card-1.dispose", "card-1.release", "module.release"], Browser.Calls.TakeLast(3));
        Assert.Equal(1, Browser.TimesMounted);
    }

    private void AssertNothingWasReported()
    {
        Assert.Empty(PaidReports);
        Assert.Empty(FailureReports);
    }
}
