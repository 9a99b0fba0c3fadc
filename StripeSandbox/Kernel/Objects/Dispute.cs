namespace StripeSandbox.Objects;

internal enum DisputeState
{
    /// <summary>The merchant has to answer.</summary>
    Open,

    UnderReview,
    Won,
    Lost,
}

/// <summary>https://docs.stripe.com/api/disputes/object</summary>
internal sealed record Dispute : StripeObject
{
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Charge { get; init; }

    public required string PaymentIntent { get; init; }

    public required string Reason { get; init; }

    /// <summary>An inquiry moves no money yet.</summary>
    public required bool IsInquiry { get; init; }

    /// <summary>The enhanced evidence that it is eligible for; null for none.</summary>
    public string? Eligibility { get; init; }

    /// <summary>The card's network.</summary>
    public required string Brand { get; init; }

    /// <summary>What the dispute took from the balance; null while it is an inquiry.</summary>
    public string? BalanceTransaction { get; init; }

    /// <summary>What came back when the dispute was won.</summary>
    public string? Reinstatement { get; init; }

    public DisputeState State { get; init; }

    /// <summary>What the merchant has to say, by the name of the field.</summary>
    public Metadata Evidence { get; init; } = Metadata.Empty;

    public int SubmissionCount { get; init; }

    public string? IntendedSubmissionMethod { get; init; }

    public Metadata Metadata { get; init; } = Metadata.Empty;
}
