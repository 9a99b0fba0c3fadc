namespace StripeSandbox.Objects;

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

    /// <summary>The card's network.</summary>
    public required string Brand { get; init; }

    public string? BalanceTransaction { get; init; }
}
