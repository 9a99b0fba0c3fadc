namespace PaymentApp.Payments;

/// <summary>How spans and metrics name outcomes.</summary>
internal static class PaymentLabels
{
    public static string Of(PaymentOutcome outcome) => outcome switch
    {
        PaymentOutcome.Succeeded => "succeeded",
        PaymentOutcome.ActionRequired => "action_required",
        PaymentOutcome.Declined => "declined",
        PaymentOutcome.Processing => "processing",
        PaymentOutcome.RequiresCapture => "requires_capture",
        PaymentOutcome.Canceled => "canceled",
        PaymentOutcome.Unknown => "unknown",
        PaymentOutcome.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static string Of(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Done => "done",
        OperationOutcome.Pending => "pending",
        OperationOutcome.Refused => "refused",
        OperationOutcome.Failed => "failed",
        OperationOutcome.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Why it did not go well; null where it did, or where that is not known yet.</summary>
    public static string? CodeOf(PaymentOutcome outcome) => outcome switch
    {
        PaymentOutcome.Declined { Failure: var failure } => PaymentTracing.CodeOf(failure),
        PaymentOutcome.Refused { Reason: var reason } => PaymentTracing.Label(reason),
        PaymentOutcome.Unknown => "outcome_unknown",
        _ => null,
    };

    /// <inheritdoc cref="CodeOf(PaymentOutcome)"/>
    public static string? CodeOf(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Failed { Failure: var failure } => PaymentTracing.CodeOf(failure),
        OperationOutcome.Unknown => "outcome_unknown",
        _ => null,
    };
}
