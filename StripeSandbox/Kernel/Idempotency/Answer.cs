namespace StripeSandbox.Idempotency;

/// <summary>What goes over the wire, and into the idempotency store.</summary>
internal sealed record Answer(int Status, byte[] Body)
{
    /// <summary>The request that this answer was first given to.</summary>
    public required string RequestId { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>Where a browser is sent on to; null for none.</summary>
    public string? Location { get; init; }

    public bool IsReplay { get; init; }

    /// <summary>Stripe's advice to the client (<c>Stripe-Should-Retry</c>); null for none.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>Seconds for <c>Retry-After</c>; null for none.</summary>
    public int? RetryAfter { get; init; }
}
