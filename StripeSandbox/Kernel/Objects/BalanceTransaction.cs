namespace StripeSandbox.Objects;

/// <summary>https://docs.stripe.com/api/balance_transactions/object</summary>
internal sealed record BalanceTransaction : StripeObject
{
    /// <summary>Minor units; negative where money leaves the balance.</summary>
    public required long Amount { get; init; }

    public required long Fee { get; init; }

    public required string Currency { get; init; }

    /// <summary><c>charge</c>, <c>refund</c>, <c>refund_failure</c> or <c>adjustment</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The charge, refund or dispute that moved the money.</summary>
    public required string Source { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long AvailableOn { get; init; }

    public string? Description { get; init; }
}
