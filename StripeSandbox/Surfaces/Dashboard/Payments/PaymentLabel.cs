using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard.Payments;

/// <summary>How a payment's state is told: a word or two, and the tone of the badge.</summary>
internal readonly record struct PaymentLabel(string Text, string Tone)
{
    /// <param name="intent">The payment.</param>
    /// <param name="charge">Its latest charge.</param>
    /// <param name="disputes">All disputes of its charges.</param>
    public static PaymentLabel Of(PaymentIntent intent, Charge? charge, IReadOnlyList<Dispute> disputes) => PaymentStates.Of(intent) switch
    {
        PaymentState.AuthenticationNotHandled or PaymentState.AuthenticationFailed => new("Failed bank authentication", "alarm"),
        PaymentState.Declined => intent.LastPaymentError?.Code == "payment_intent_payment_attempt_expired"
            ? new("Expired", "bad")
            : new("Declined", "bad"),
        PaymentState.Succeeded when disputes.Any(IsOpen) => new("Disputed", "bad"),
        PaymentState.Succeeded when disputes.Any(dispute => dispute is { State: DisputeState.Lost, IsInquiry: false }) => new("Lost", "bad"),
        PaymentState.Succeeded when charge is { AmountRefunded: > 0 } refunded && refunded.AmountRefunded >= refunded.Amount => new("Refunded", "quiet"),
        PaymentState.Succeeded when charge is { AmountRefunded: > 0 } => new("Partially refunded", "quiet"),
        PaymentState.Succeeded when disputes.Any(dispute => !dispute.IsInquiry) => new("Won", "good"),
        PaymentState.Succeeded when disputes.Count > 0 => new("Inquiry closed", "quiet"),
        PaymentState.Succeeded => new("Succeeded", "good"),
        PaymentState.Uncaptured => new("Uncaptured", "waiting"),
        PaymentState.Canceled => new("Canceled", "quiet"),
        _ => intent.Status switch
        {
            IntentStatus.RequiresAction => new("Waits for the bank", "waiting"),
            IntentStatus.RequiresConfirmation => new("Waits for confirmation", "waiting"),
            _ => new("Incomplete", "quiet"),
        },
    };

    private static bool IsOpen(Dispute dispute) => dispute.State is DisputeState.Open or DisputeState.UnderReview;

    /// <summary>The decline code, or the error code where the bank gave none; null for a payment that has not failed.</summary>
    public static string? CodeOf(PaymentIntent intent) =>
        intent.Status == IntentStatus.Succeeded ? null : intent.LastPaymentError is { } failure ? failure.DeclineCode ?? failure.Code : null;
}
