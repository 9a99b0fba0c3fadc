using PaymentApp.Payments;

namespace PaymentApp.Desk.Queries;

/// <summary>One payment as a list shows it.</summary>
/// <param name="Key">Its place in the list, see <see cref="PlacedKey"/>.</param>
/// <param name="PlacedAt">UTC.</param>
internal sealed record PaymentLine(
    long Key,
    OrderId Order,
    string Number,
    string Product,
    Money Amount,
    Money Received,
    Money Refunded,
    PaymentState State,
    PaymentIntentId? Intent,
    string? FailureCode,
    CardSummary? Card,
    bool IsDisputed,
    DateTime PlacedAt);

/// <summary>Some payments of a filter, newest first.</summary>
/// <param name="Next">The key that the next ones come after; null where these are the last.</param>
internal sealed record ListedPayments(IReadOnlyList<PaymentLine> Lines, long? Next);

/// <summary>Sums over the payments of a filter, in one currency.</summary>
internal sealed record PaymentTotal(Currency Currency, int Payments, int Paid, Money Received, Money Refunded);

/// <summary>What the ledger knows beside the payment itself.</summary>
internal sealed record PaymentHistory(
    string Product,
    DateTime PlacedAt,
    IReadOnlyList<AttemptLine> Attempts,
    IReadOnlyList<RefundLine> Refunds,
    IReadOnlyList<DisputeLine> Disputes,
    IReadOnlyList<FraudWarningLine> Warnings,
    IReadOnlyList<OperatorAction> Actions);

/// <summary>One attempt to pay.</summary>
/// <param name="StartedAt">UTC.</param>
/// <param name="AskedAt">When the bank asked the shopper to authenticate, UTC.</param>
internal sealed record AttemptLine(
    int Number,
    DateTime StartedAt,
    AuthenticationMode Authentication,
    string? FailureCode,
    string? DeclineCode,
    ChallengeResult? Challenge,
    DateTime? AskedAt,
    int? ChallengeSeconds);

/// <summary>One refund.</summary>
/// <param name="RecordedAt">UTC.</param>
internal sealed record RefundLine(string Id, Money Amount, RefundStatus Status, string? FailureCode, DateTime RecordedAt);

/// <summary>One dispute; times are UTC.</summary>
/// <param name="Reason">The cardholder's, in Stripe's words.</param>
/// <param name="EvidenceDueBy">Until when the shop can answer; null where Stripe names no time.</param>
/// <param name="EndedAt">When the shop learned how it ended; null while it is open, or where that was not kept.</param>
public sealed record DisputeLine(
    string Id, Money Amount, DisputeStatus Status, string Reason, DateTime OpenedAt, DateTime? EvidenceDueBy, DateTime? EndedAt)
{
    public bool IsOpen => Status is DisputeStatus.InquiryNeedsResponse or DisputeStatus.InquiryUnderReview or DisputeStatus.NeedsResponse or DisputeStatus.UnderReview;

    /// <summary>Whether it waits for the shop's answer.</summary>
    public bool NeedsResponse => Status is DisputeStatus.InquiryNeedsResponse or DisputeStatus.NeedsResponse;
}

/// <summary>One early fraud warning.</summary>
/// <param name="Type">The kind of fraud, in Stripe's words.</param>
/// <param name="WarnedAt">UTC.</param>
public sealed record FraudWarningLine(string Id, string Type, bool IsActionable, DateTime WarnedAt);

/// <summary>How a bank's challenge ended.</summary>
internal enum ChallengeResult
{
    /// <summary>The bank has asked, and nobody has answered yet.</summary>
    Open,

    Completed,

    /// <summary>The bank did not recognise the shopper, or the shopper closed its page.</summary>
    Failed,

    /// <summary>Stripe gave the attempt up after an hour.</summary>
    Expired,

    /// <summary>The payment was canceled while the bank waited.</summary>
    Abandoned,
}
