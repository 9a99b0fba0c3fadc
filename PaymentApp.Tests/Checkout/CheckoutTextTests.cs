using System.Text.RegularExpressions;
using PaymentApp.Checkout;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Checkout;

public sealed partial class CheckoutTextTests
{
    private static readonly string Generic = Texts.Checkout.Failure(FailureReason.GenericDecline);

    public static TheoryData<FailureReason> Failures { get; } = new(Enum.GetValues<FailureReason>());

    public static TheoryData<RefusalReason> Refusals { get; } = new(Enum.GetValues<RefusalReason>());

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_failure_says_what_to_do_next(FailureReason reason) =>
        Assert.Matches(NextStep(), Texts.Checkout.Failure(reason));

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_says_what_to_do_next(RefusalReason reason) =>
        Assert.Matches(NextStep(), Texts.Checkout.Refusal(new PaymentOutcome.Refused(reason)));

    [Fact]
    public void Every_other_trouble_says_what_to_do_next() => Assert.All(
        new[]
        {
            "ScriptsNeeded", "StripeUnavailable", "BankPageUnavailable", "BankTimeOver", "OutcomeUnknown", "Canceled", "ConnectionTrouble",
        },
        key => Assert.Matches(NextStep(), Texts.Checkout[key]));

    [Fact]
    public void No_failure_was_forgotten_and_reads_as_another()
    {
        Assert.Distinct(Enum.GetValues<FailureReason>().Select(reason => Texts.Checkout.Failure(reason)));
        Assert.Distinct(Enum.GetValues<RefusalReason>().Select(reason => Texts.Checkout.Refusal(new PaymentOutcome.Refused(reason))));
    }

    [Theory]
    [InlineData("lost_card")]
    [InlineData("stolen_card")]
    [InlineData("pickup_card")]
    [InlineData("restricted_card")]
    [InlineData("fraudulent")]
    [InlineData("merchant_blacklist")]
    [InlineData("do_not_honor")]
    [InlineData("generic_decline")]
    [InlineData("a_code_of_next_year")]
    public void What_a_shopper_may_not_be_told_reads_as_a_generic_decline(string declineCode)
    {
        var text = Texts.Checkout.Failure(PaymentFailure.FromCodes("card_declined", declineCode).Reason);

        Assert.Equal(Generic, text);
        Assert.DoesNotMatch(Suspicion(), text);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void No_text_shows_a_code_or_a_suspicion(FailureReason reason)
    {
        var text = Texts.Checkout.Failure(reason);

        Assert.DoesNotContain("_", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Suspicion(), text);
    }

    [Theory]
    [InlineData(0, "Wait a minute and")]
    [InlineData(60, "Wait a minute and")]
    [InlineData(61, "Wait 2 minutes and")]
    [InlineData(590, "Wait 10 minutes and")]
    public void A_limit_says_how_long_to_wait(int seconds, string expected) => Assert.Contains(
        expected,
        Texts.Checkout.Refusal(new PaymentOutcome.Refused(RefusalReason.TooManyAttempts, TimeSpan.FromSeconds(seconds))),
        StringComparison.Ordinal);

    [Fact]
    public void Not_knowing_never_claims_that_nothing_was_charged() =>
        Assert.DoesNotContain("not been charged", Texts.Checkout["OutcomeUnknown"], StringComparison.Ordinal);

    [GeneratedRegex("[Tt]ry again|[Uu]se another card|Check (it|your)|[Ww]ait a (moment|minute)|Enter your card|place a new|contact us|start again|Continue with|don't pay again")]
    private static partial Regex NextStep();

    [GeneratedRegex("lost|stolen|fraud|blacklist|blocked|suspicious|honou?r", RegexOptions.IgnoreCase)]
    private static partial Regex Suspicion();
}
