namespace StripeSandbox.Objects;

internal enum ChargeStatus
{
    Succeeded,
    Failed,
}

/// <summary>https://docs.stripe.com/api/charges/object</summary>
internal sealed record Charge : StripeObject
{
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required ChargeStatus Status { get; init; }

    public required string PaymentIntent { get; init; }

    /// <summary>The card as it was charged.</summary>
    public required PaymentMethod PaymentMethod { get; init; }

    public required ChargeOutcome Outcome { get; init; }

    public long AmountCaptured { get; init; }

    public long AmountRefunded { get; init; }

    public long? ApplicationFeeAmount { get; init; }

    public string? BalanceTransaction { get; init; }

    public bool Captured { get; init; }

    /// <summary>Unix seconds at which an asynchronous capture reaches the balance; null when it has.</summary>
    public long? SettlesAt { get; init; }

    public long? CaptureBefore { get; init; }

    public string? Customer { get; init; }

    public string? Description { get; init; }

    public string? Dispute { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    public Metadata Metadata { get; init; } = Metadata.Empty;

    public string? OnBehalfOf { get; init; }

    public string? ReceiptEmail { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<string> Refunds { get; init; } = [];

    public Shipping? Shipping { get; init; }

    public string? StatementDescriptor { get; init; }

    public string? StatementDescriptorSuffix { get; init; }

    public ThreeDSecure? ThreeDSecure { get; init; }

    public string? TransferDestination { get; init; }

    public string? TransferGroup { get; init; }
}

/// <summary>How the bank and the risk rules saw the charge.</summary>
internal sealed record ChargeOutcome(
    string Type,
    string NetworkStatus,
    string? Reason,
    string RiskLevel,
    string SellerMessage,
    string? AdviceCode,
    string? NetworkDeclineCode);

/// <summary>How the shopper was authenticated, if at all.</summary>
internal sealed record ThreeDSecure(string? Flow, string? Indicator, string? Result, string? ResultReason, string? TransactionId);
