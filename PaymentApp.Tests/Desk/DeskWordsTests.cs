using System.Text.RegularExpressions;
using Bunit;
using PaymentApp.Desk.Pages;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Desk;

/// <summary>The timeline has words of its own for whatever the ledger notes, and for whoever did it.</summary>
public sealed partial class DeskWordsTests : BunitContext
{
    public static TheoryData<TimelineEvent> Events => [.. Enum.GetValues<TimelineEvent>()];

    public static TheoryData<PaymentActor> Actors => [.. Enum.GetValues<PaymentActor>()];

    [Theory]
    [MemberData(nameof(Events))]
    public void Whatever_happened_is_told_in_words(TimelineEvent what) =>
        Assert.DoesNotMatch(JoinedWords(), DeskWords.Of(Line(what, PaymentActor.Shopper)));

    [Theory]
    [MemberData(nameof(Actors))]
    public void Only_an_operator_is_called_one(PaymentActor actor)
    {
        var timeline = Render<PaymentTimeline>(parameters => parameters
            .Add(component => component.Lines, [Line(TimelineEvent.Fulfilled, actor)])
            .Add(component => component.Actions, []));

        Assert.Equal(actor is PaymentActor.Operator, timeline.Markup.Contains("an operator", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TimelineEvent.StepWritten, "ConfirmAuthenticated, attempt 2", "Take the payment after authentication, attempt 2")]
    [InlineData(TimelineEvent.StepEnded, "Create: NotExecuted", "Take the payment: not carried out")]
    [InlineData(TimelineEvent.RefundChanged, "Pending, $7.00, made elsewhere", "Under way, $7.00, made elsewhere")]
    [InlineData(
        TimelineEvent.Disputed, "$1,249.00, product_not_received, InquiryNeedsResponse, evidence due by 2026-12-05 10:30:00Z",
        "$1,249.00, Product not received, Inquiry, needs your answer, evidence due by 5 Dec 2026, 10:30")]
    [InlineData(TimelineEvent.DisputeLost, "$49.00, fraudulent, Lost", "$49.00, Fraudulent, Lost, the money went back")]
    [InlineData(TimelineEvent.FraudWarning, "made_with_stolen_card, a refund may avert a dispute", "Made with stolen card, a refund may avert a dispute")]
    [InlineData(TimelineEvent.IllegalNews, "AwaitingPayment", "Stripe says requires_payment_method")]
    [InlineData(TimelineEvent.IllegalNews, "another intent: pi_1", "another intent: pi_1")]
    [InlineData(TimelineEvent.Fulfilled, "fulfilment-0a1b", "The order was handed over to be delivered")]
    [InlineData(TimelineEvent.AttemptFailed, "card_declined, insufficient_funds", "card_declined, insufficient_funds")]
    public void A_detail_is_told_in_words_too(TimelineEvent what, string noted, string told) =>
        Assert.Equal(told, TimelineDetail.Of(Line(what, PaymentActor.Shopper) with { Detail = noted }));

    public static TheoryData<Enum> Values =>
        [.. Enum.GetValues<PaymentStepKind>().Cast<Enum>(), .. Enum.GetValues<PaymentStepResult>().Cast<Enum>(), .. Enum.GetValues<RefundStatus>().Cast<Enum>(), .. Enum.GetValues<DisputeStatus>().Cast<Enum>()];

    [Theory]
    [MemberData(nameof(Values))]
    public void No_name_of_a_type_reaches_the_timeline(Enum value)
    {
        var what = value switch
        {
            PaymentStepKind => TimelineEvent.StepWritten,
            PaymentStepResult => TimelineEvent.StepEnded,
            RefundStatus => TimelineEvent.RefundChanged,
            _ => TimelineEvent.Disputed,
        };

        Assert.DoesNotMatch(JoinedWords(), TimelineDetail.Of(Line(what, PaymentActor.Shopper) with { Detail = value.ToString() }));
    }

    private static TimelineEntry Line(TimelineEvent what, PaymentActor actor) => new(DateTime.UnixEpoch, actor, what, PaymentState.Paid, null);

    [GeneratedRegex("[a-z][A-Z]")]
    private static partial Regex JoinedWords();
}
