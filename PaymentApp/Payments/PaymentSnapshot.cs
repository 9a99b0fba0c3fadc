namespace PaymentApp.Payments;

/// <summary>All that the provider holds of a payment, read one after the other at about one moment.</summary>
/// <param name="Refunds">Every refund of the charge; null where none was asked for, because no money was taken.</param>
/// <param name="Disputes">Every dispute of the charge; null where the charge says that there is none.</param>
/// <param name="Warnings">Every early fraud warning of the charge; null where no money was taken.</param>
public sealed record PaymentSnapshot(
    IntentSnapshot Intent,
    IReadOnlyList<RefundSnapshot>? Refunds = null,
    IReadOnlyList<DisputeSnapshot>? Disputes = null,
    IReadOnlyList<FraudWarningSnapshot>? Warnings = null);

/// <summary>What the provider says of a charge that the bank approved: https://docs.stripe.com/api/charges/object.</summary>
/// <param name="Id">Stripe's id, <c>ch_…</c> or <c>py_…</c>.</param>
/// <param name="Amount">How much the bank approved.</param>
/// <param name="Captured">How much of it was taken; less than the amount after a partial capture.</param>
/// <param name="Refunded">
/// What the charge counts as given back. Depending on the API version it includes what was released, so it is no figure
/// of its own; it only shows whether there are refunds that were not read.
/// </param>
/// <param name="IsDisputed">Whether the cardholder ever disputed the charge.</param>
/// <param name="CaptureBefore">When a hold ends, UTC; null where nothing is held.</param>
/// <param name="PaidAt">When the money was taken, UTC; null before, and while Stripe does not say.</param>
public sealed record ChargeSnapshot(
    string Id, Money Amount, Money Captured, Money Refunded, bool IsDisputed = false, DateTime? CaptureBefore = null, DateTime? PaidAt = null);

/// <summary>What the provider says of a refund at one moment.</summary>
/// <param name="FailureCode">Why the money could not be given back, if so.</param>
/// <param name="CreatedAt">UTC, by the provider's clock.</param>
/// <param name="StepKey">The idempotency key of the step that made it; null for a refund that was made elsewhere.</param>
/// <param name="IsRelease">
/// Whether it gives back what was held and never taken. Stripe lists that as a refund: without a balance transaction, or
/// with one of the category <c>partial_capture_reversal</c>. https://docs.stripe.com/reports/reporting-categories.
/// </param>
public sealed record RefundSnapshot(
    string Id,
    PaymentIntentId Intent,
    Money Amount,
    RefundStatus Status,
    string? FailureCode,
    DateTime CreatedAt,
    string? StepKey = null,
    bool IsRelease = false);

/// <summary>How a refund stands: https://docs.stripe.com/refunds#tracing-refunds.</summary>
public enum RefundStatus
{
    Pending,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>What the provider says of a dispute at one moment: https://docs.stripe.com/api/disputes/object.</summary>
/// <param name="Reason">The cardholder's reason, in Stripe's words.</param>
/// <param name="EvidenceDueBy">Until when the shop can answer, UTC.</param>
/// <param name="OpenedAt">UTC, by the provider's clock.</param>
public sealed record DisputeSnapshot(
    string Id, Money Amount, DisputeStatus Status, string Reason, DateTime? EvidenceDueBy, DateTime? OpenedAt = null);

/// <summary>How a dispute stands: https://docs.stripe.com/disputes/how-disputes-work. The first four are open.</summary>
public enum DisputeStatus
{
    /// <summary>An inquiry, which has taken no money yet, waits for the shop's answer.</summary>
    InquiryNeedsResponse,
    InquiryUnderReview,
    NeedsResponse,
    UnderReview,

    /// <summary>An inquiry that came to nothing.</summary>
    InquiryClosed,

    /// <summary>Settled before it became a dispute.</summary>
    Prevented,
    Won,
    Lost,
}

/// <summary>What the provider says of an issuer's early fraud warning: https://docs.stripe.com/disputes/measuring#early-fraud-warnings.</summary>
/// <param name="Type">The kind of fraud, in Stripe's words.</param>
/// <param name="IsActionable">Whether a refund could still avert a dispute.</param>
/// <param name="WarnedAt">UTC, by the provider's clock.</param>
public sealed record FraudWarningSnapshot(string Id, string Type, bool IsActionable, DateTime? WarnedAt = null);
