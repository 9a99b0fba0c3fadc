namespace StripeSandbox.Objects;

internal enum RefundStatus
{
    Pending,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>https://docs.stripe.com/api/refunds/object</summary>
internal sealed record Refund : StripeObject
{
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Charge { get; init; }

    public required string PaymentIntent { get; init; }

    public required RefundStatus Status { get; init; }

    public string? BalanceTransaction { get; init; }

    public string? FailureBalanceTransaction { get; init; }

    public string? FailureReason { get; init; }

    public Metadata Metadata { get; init; } = Metadata.Empty;

    public string? Reason { get; init; }

    /// <summary>Unix seconds at which the bank's answer comes; null once it is final.</summary>
    public long? ResolvesAt { get; init; }
}
