using PaymentApp.Payments;
using Stripe;
using Stripe.Radar;

namespace PaymentApp.Stripe;

/// <summary>Reads the objects that say where the money of a payment is; null for one that cannot be read.</summary>
internal static class StripeMoney
{
    /// <summary>Where a refund names the step that made it.</summary>
    public const string StepKey = "step";

    /// <summary>The balance transaction of what was held and never taken: https://docs.stripe.com/reports/reporting-categories.</summary>
    private const string PartialCaptureReversal = "partial_capture_reversal";

    /// <summary>Reads every object of a list; null where one of them cannot be read.</summary>
    public static List<TSnapshot>? All<T, TSnapshot>(IEnumerable<T> objects, Func<T, TSnapshot?> read)
        where TSnapshot : class
    {
        var snapshots = new List<TSnapshot>();
        foreach (var one in objects)
        {
            if (read(one) is not { } snapshot)
                return null;
            snapshots.Add(snapshot);
        }

        return snapshots;
    }

    /// <summary>Reads a charge that the bank approved; null for one that it declined.</summary>
    /// <param name="isHeldFirst">Whether it was created as a hold: then it was not paid when it was created.</param>
    public static ChargeSnapshot? Snapshot(Charge? charge, bool isHeldFirst)
    {
        if (charge is not { Id: { Length: > 0 } id, Status: "succeeded" } || CurrencyOf(charge.Currency) is not { } currency)
            return null;

        var paidAt = charge.BalanceTransaction?.Created ?? (isHeldFirst ? null : charge.Created);
        return new ChargeSnapshot(
            id,
            new Money(charge.Amount, currency),
            new Money(charge.AmountCaptured, currency),
            new Money(charge.AmountRefunded, currency),
            charge.Disputed,
            // Where Stripe names no time, Stripe.net gives the first one of all.
            charge.PaymentMethodDetails?.Card?.CaptureBefore is { } end && end > DateTime.UnixEpoch ? end : null,
            charge.AmountCaptured > 0 ? paidAt : null);
    }

    /// <param name="charge">The charge that it gives back; null for a refund that was just made of money that was taken.</param>
    public static RefundSnapshot? Snapshot(Refund? refund, ChargeSnapshot? charge) =>
        refund is { Id: { Length: > 0 } id }
        && CurrencyOf(refund.Currency) is { } currency
        && PaymentIntentId.TryParse(refund.PaymentIntentId, out var intent)
        && StatusOf(refund) is { } status
            ? new RefundSnapshot(
                id, intent, new Money(refund.Amount, currency), status, refund.FailureReason, refund.Created,
                refund.Metadata?.GetValueOrDefault(StepKey),
                IsRelease: charge is not null && charge.Captured.MinorUnits < charge.Amount.MinorUnits && IsRelease(refund))
            : null;

    public static DisputeSnapshot? Snapshot(Dispute? dispute) =>
        dispute is { Id: { Length: > 0 } id } && CurrencyOf(dispute.Currency) is { } currency && StatusOf(dispute) is { } status
            ? new DisputeSnapshot(id, new Money(dispute.Amount, currency), status, dispute.Reason ?? "", dispute.EvidenceDetails?.DueBy, TimeOf(dispute.Created))
            : null;

    public static FraudWarningSnapshot? Snapshot(EarlyFraudWarning? warning) =>
        warning is { Id: { Length: > 0 } id } ? new FraudWarningSnapshot(id, warning.FraudType ?? "", warning.Actionable, TimeOf(warning.Created)) : null;

    /// <summary>
    /// Whether it gives back what never reached the account's balance, or only passed through it with the capture. What a
    /// shopper gets back of what was taken always leaves the balance.
    /// </summary>
    private static bool IsRelease(Refund refund) =>
        refund is { Status: "succeeded", BalanceTransactionId: null } or { BalanceTransaction.ReportingCategory: PartialCaptureReversal };

    // Where Stripe names no time, Stripe.net gives the first one of all.
    private static DateTime? TimeOf(DateTime created) => created > DateTime.UnixEpoch ? created : null;

    private static Currency? CurrencyOf(string? code) =>
        code is { Length: 3 } && code.All(char.IsAsciiLetter) ? Currency.Of(code) : null;

    private static RefundStatus? StatusOf(Refund refund) => refund.Status switch
    {
        "pending" or "requires_action" => RefundStatus.Pending,
        "succeeded" => RefundStatus.Succeeded,
        "failed" => RefundStatus.Failed,
        "canceled" => RefundStatus.Canceled,
        _ => null,
    };

    private static DisputeStatus? StatusOf(Dispute dispute) => dispute.Status switch
    {
        "warning_needs_response" => DisputeStatus.InquiryNeedsResponse,
        "warning_under_review" => DisputeStatus.InquiryUnderReview,
        "needs_response" => DisputeStatus.NeedsResponse,
        "under_review" => DisputeStatus.UnderReview,
        "warning_closed" => DisputeStatus.InquiryClosed,
        "prevented" => DisputeStatus.Prevented,
        "won" => DisputeStatus.Won,
        "lost" => DisputeStatus.Lost,
        _ => null,
    };
}
