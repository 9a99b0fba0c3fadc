using System.Globalization;
using PaymentApp.Desk.Actions;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Desk.Pages;

/// <summary>The desk's words for what the ledger holds.</summary>
internal static class DeskWords
{
    /// <summary>Why a payment that is disputed is not given back, and what to do instead.</summary>
    public const string DisputedAdvice =
        "The cardholder disputes this payment: Stripe takes no refund of it while the dispute is open. Answer the dispute in Stripe, or accept it there to give the money back.";

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

    public static string Of(PaymentStepKind kind) => kind switch
    {
        PaymentStepKind.Create => "Take the payment",
        PaymentStepKind.Confirm => "Take the payment, tried again",
        PaymentStepKind.ConfirmAuthenticated => "Take the payment after authentication",
        PaymentStepKind.Capture => "Capture",
        PaymentStepKind.Cancel => "Cancel",
        PaymentStepKind.Refund => "Refund",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Of(PaymentStepResult result) => result switch
    {
        PaymentStepResult.Answered => "answered",
        PaymentStepResult.Rejected => "refused by Stripe",
        PaymentStepResult.NotExecuted => "not carried out",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, null),
    };

    public static string Of(RefundStatus status) => status switch
    {
        RefundStatus.Pending => "Under way",
        RefundStatus.Succeeded => "Succeeded",
        RefundStatus.Failed => "Failed",
        RefundStatus.Canceled => "Canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
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

    /// <summary>How a dispute stands: https://docs.stripe.com/disputes/how-disputes-work.</summary>
    public static string Of(DisputeStatus status) => status switch
    {
        DisputeStatus.InquiryNeedsResponse => "Inquiry, needs your answer",
        DisputeStatus.InquiryUnderReview => "Inquiry, under review",
        DisputeStatus.NeedsResponse => "Needs your answer",
        DisputeStatus.UnderReview => "Under review by the bank",
        DisputeStatus.InquiryClosed => "Inquiry closed, nothing was taken",
        DisputeStatus.Prevented => "Prevented, nothing was taken",
        DisputeStatus.Won => "Won, the money is yours",
        DisputeStatus.Lost => "Lost, the money went back",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>A word of Stripe's, such as <c>product_not_received</c>, as people write it.</summary>
    public static string OfStripe(string word) =>
        word.Length == 0 ? "not said" : char.ToUpperInvariant(word[0]) + word[1..].Replace('_', ' ');

    /// <summary>A country's name in English; its code where .NET knows none.</summary>
    /// <param name="code">ISO 3166-1 alpha-2.</param>
    public static string CountryOf(string code)
    {
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }

    /// <summary>How long is left until a deadline.</summary>
    /// <param name="deadline">UTC.</param>
    /// <param name="now">UTC.</param>
    public static string TimeLeft(DateTime deadline, DateTime now) => deadline > now ? $"{Length(deadline - now)} left" : "passed";

    /// <summary>How long ago something was.</summary>
    /// <param name="moment">UTC.</param>
    /// <param name="now">UTC.</param>
    public static string Ago(DateTime moment, DateTime now) => now - moment < TimeSpan.FromMinutes(1) ? "less than a minute ago" : $"{Length(now - moment)} ago";

    private static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => Counted((int)time.TotalMinutes, "minute"),
        { TotalDays: < 2 } => Counted((int)time.TotalHours, "hour"),
        _ => Counted((int)time.TotalDays, "day"),
    };

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

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
        (_, OperatorActionResult.Done or OperatorActionResult.Pending) when action.Detail == OperatorActions.UnderWay =>
            $"{Of(action.Kind)}: the same was under way already, and was not done a second time. The timeline says how it came out.",
        (_, OperatorActionResult.Done) => $"{Of(action.Kind)}: done.",
        (_, OperatorActionResult.Pending) => $"{Of(action.Kind)}: Stripe took it on and will say how it ends.",
        (_, OperatorActionResult.Refused) =>
            $"{Of(action.Kind)}: refused, nothing was attempted. The payment was in no state for it, or the amount was more than what is left.",
        (OperatorActionKind.Refund, OperatorActionResult.Failed) when action.Detail is "charge_disputed" or "refund_disputed_payment" =>
            $"Refund: failed, no money moved. {DisputedAdvice} ({action.Detail})",
        (_, OperatorActionResult.Failed) => $"{Of(action.Kind)}: failed, no money moved. {action.Detail}",
        (_, OperatorActionResult.Unknown) when isSettled =>
            $"{Of(action.Kind)}: its outcome was not known at first. It has been settled since: the timeline says how.",
        (_, OperatorActionResult.Unknown) =>
            $"{Of(action.Kind)}: the outcome is unknown. It may have been carried out; it is asked again with the same key until Stripe answers.",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action.Result, null),
    };
}
