using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Desk.Pages;

/// <summary>The desk's words for what the ledger holds.</summary>
internal static class DeskWords
{
    // Longer than a request to Stripe takes with all its retries.
    private static readonly TimeSpan LongestAction = TimeSpan.FromMinutes(5);

    public static string Of(PaymentState state) => state switch
    {
        PaymentState.AwaitingPayment => "Awaiting payment",
        PaymentState.AwaitingAuthentication => "Awaiting authentication",
        PaymentState.AwaitingConfirmation => "Awaiting confirmation",
        PaymentState.Processing => "Processing",
        PaymentState.Authorized => "Authorized",
        PaymentState.Paid => "Paid",
        PaymentState.Canceled => "Canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>Stripe's name of a state: https://docs.stripe.com/payments/paymentintents/lifecycle.</summary>
    public static string StripeNameOf(PaymentState state) => state switch
    {
        PaymentState.AwaitingPayment => "requires_payment_method",
        PaymentState.AwaitingAuthentication => "requires_action",
        PaymentState.AwaitingConfirmation => "requires_confirmation",
        PaymentState.Processing => "processing",
        PaymentState.Authorized => "requires_capture",
        PaymentState.Paid => "succeeded",
        PaymentState.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string Of(TimelineEntry line) => line.Event switch
    {
        TimelineEvent.Placed => "Order placed",
        TimelineEvent.StepWritten => "Request to Stripe",
        TimelineEvent.StepEnded => "Request ended without moving the payment",
        TimelineEvent.AttemptFailed => "Attempt failed",
        TimelineEvent.AuthenticationGivenUp => "Authentication given up for another card",
        TimelineEvent.StateChanged => line.State is { } state ? $"Now {Of(state)}" : "State changed",
        TimelineEvent.Released => "Fulfilment is due",
        TimelineEvent.Fulfilled => "Fulfilled",
        TimelineEvent.RefundChanged => "Refund",
        TimelineEvent.Disputed => "Disputed by the cardholder",
        TimelineEvent.DisputeWon => "Dispute won",
        TimelineEvent.DisputeLost => "Dispute lost",
        TimelineEvent.DisputeClosed => "Dispute closed, nothing was taken",
        TimelineEvent.FraudWarning => "The card's issuer warns of fraud",
        TimelineEvent.IllegalNews => "Stripe reported what cannot be: compare both sides",
        _ => throw new ArgumentOutOfRangeException(nameof(line), line.Event, null),
    };

    public static string Of(OperatorActionKind kind) => kind switch
    {
        OperatorActionKind.Refund => "Refund",
        OperatorActionKind.Capture => "Capture",
        OperatorActionKind.Cancel => "Cancel",
        OperatorActionKind.Read => "Read from Stripe",
        OperatorActionKind.Note => "Note",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Of(OperatorActionResult? result) => result switch
    {
        null => "no end noted yet",
        OperatorActionResult.Done => "done",
        OperatorActionResult.Pending => "pending at Stripe",
        OperatorActionResult.Refused => "refused",
        OperatorActionResult.Failed => "failed",
        OperatorActionResult.Unknown => "outcome unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, null),
    };

    public static string Of(ChallengeResult result) => result switch
    {
        ChallengeResult.Open => "Not answered yet",
        ChallengeResult.Completed => "Completed",
        ChallengeResult.Failed => "Failed or closed",
        ChallengeResult.Expired => "Expired after an hour",
        ChallengeResult.Abandoned => "Abandoned",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, null),
    };

    public static string Of(RefundReason reason) => reason switch
    {
        RefundReason.RequestedByCustomer => "Requested by the customer",
        RefundReason.Duplicate => "Duplicate",
        RefundReason.Fraudulent => "Fraudulent",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    public static string Of(CancelReason reason) => reason switch
    {
        CancelReason.RequestedByCustomer => "Requested by the customer",
        CancelReason.Abandoned => "Abandoned",
        CancelReason.Duplicate => "Duplicate",
        CancelReason.Fraudulent => "Fraudulent",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>How an action came out, for the operator who asked for it.</summary>
    /// <param name="isSettled">Whether nothing of the payment is without an answer any more.</param>
    /// <param name="now">UTC.</param>
    public static string Outcome(OperatorAction action, bool isSettled, DateTime now) => (action.Kind, action.Result) switch
    {
        (_, null) when now - action.At > LongestAction && isSettled =>
            $"{Of(action.Kind)}: cut short when the shop stopped. The timeline says whether its request was made and what became of it.",
        (_, null) when now - action.At > LongestAction =>
            $"{Of(action.Kind)}: cut short when the shop stopped, and the outcome is unknown. Its request is asked again with the same key until Stripe answers.",
        (_, null) => $"{Of(action.Kind)}: under way. This page says how it ends.",
        (OperatorActionKind.Note, _) => "The note is kept.",
        (OperatorActionKind.Read, OperatorActionResult.Done) => action.Detail is null
            ? "Read from Stripe: the ledger was brought up to date." : "Read from Stripe: nothing new.",
        (OperatorActionKind.Read, _) => "Stripe could not say how the payment stands. Please try again in a moment.",
        (_, OperatorActionResult.Done) => $"{Of(action.Kind)}: done.",
        (_, OperatorActionResult.Pending) => $"{Of(action.Kind)}: Stripe took it on and will say how it ends.",
        (_, OperatorActionResult.Refused) =>
            $"{Of(action.Kind)}: refused, nothing was attempted. The payment was in no state for it, or the amount was more than what is left.",
        (_, OperatorActionResult.Failed) => $"{Of(action.Kind)}: failed, no money moved. {action.Detail}",
        (_, OperatorActionResult.Unknown) when isSettled =>
            $"{Of(action.Kind)}: Stripe did not answer at first. It has been settled since: the timeline says how.",
        (_, OperatorActionResult.Unknown) =>
            $"{Of(action.Kind)}: the outcome is unknown. It may have been carried out; it is asked again with the same key until Stripe answers.",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action.Result, null),
    };
}
