using System.Globalization;
using PaymentApp.Payments;

namespace PaymentApp.Desk.Pages;

/// <summary>The desk's words for the detail of a timeline's line, which the ledger holds in the names of its own types.</summary>
internal static class TimelineDetail
{
    private const string Separator = ", ";

    private const string EvidenceDue = "evidence due by ";

    public static string? Of(TimelineEntry line) => Of(line.Event, line.Detail);

    public static string? Of(TimelineEvent? happened, string? text) => text is not { Length: > 0 } detail ? null : happened switch
    {
        TimelineEvent.StepWritten => Parts(detail, part => Word<PaymentStepKind>(part, DeskWords.Of) ?? part),
        TimelineEvent.StepEnded => string.Join(": ", detail.Split(": ").Select(part =>
            Word<PaymentStepKind>(part, DeskWords.Of) ?? Word<PaymentStepResult>(part, DeskWords.Of) ?? part)),
        TimelineEvent.RefundChanged => Parts(detail, part => Word<RefundStatus>(part, DeskWords.Of) ?? part),
        TimelineEvent.Disputed or TimelineEvent.DisputeWon or TimelineEvent.DisputeLost or TimelineEvent.DisputeClosed => Parts(detail, OfDispute),
        TimelineEvent.FraudWarning => Parts(detail, part => part.Contains(' ', StringComparison.Ordinal) ? part : DeskWords.OfStripe(part)),
        TimelineEvent.IllegalNews => Word<PaymentState>(detail, state => $"Stripe says {DeskWords.StripeNameOf(state)}") ?? detail,
        // The ledger holds the id that the shop's handler was called with, which is nothing to an operator.
        TimelineEvent.Fulfilled => "The order was handed over to be delivered",
        _ => detail,
    };

    private static string OfDispute(string part)
    {
        if (part.StartsWith(EvidenceDue, StringComparison.Ordinal))
        {
            return DateTime.TryParseExact(part[EvidenceDue.Length..], "u", CultureInfo.InvariantCulture, DateTimeStyles.None, out var due)
                ? EvidenceDue + due.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)
                : part;
        }

        // An amount stays as it is; a reason is a word of Stripe's, such as product_not_received.
        return Word<DisputeStatus>(part, DeskWords.Of) ?? (part.All(letter => char.IsAsciiLetterLower(letter) || letter is '_') ? DeskWords.OfStripe(part) : part);
    }

    private static string Parts(string detail, Func<string, string> word) => string.Join(Separator, detail.Split(Separator).Select(word));

    /// <summary>What <paramref name="say"/> says of the value that a part names; null where it names none.</summary>
    private static string? Word<T>(string part, Func<T, string> say)
        where T : struct, Enum =>
        Enum.IsDefined(typeof(T), part) ? say(Enum.Parse<T>(part)) : null;
}
