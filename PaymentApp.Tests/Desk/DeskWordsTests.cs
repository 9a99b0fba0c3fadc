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

    private static TimelineEntry Line(TimelineEvent what, PaymentActor actor) => new(DateTime.UnixEpoch, actor, what, PaymentState.Paid, null);

    [GeneratedRegex("[a-z][A-Z]")]
    private static partial Regex JoinedWords();
}
