namespace StripeSandbox.Objects;

/// <summary>https://docs.stripe.com/api/events/object</summary>
internal sealed record Event : StripeObject
{
    public required string Type { get; init; }

    /// <summary>The object as it was when this happened.</summary>
    public required StripeObject Object { get; init; }

    /// <summary>The object before; null where Stripe tells no <c>previous_attributes</c>.</summary>
    public StripeObject? Previous { get; init; }

    /// <summary>The request that made it happen; null when time did.</summary>
    public string? RequestId { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>How many endpoints have not yet taken it.</summary>
    public int PendingDeliveries { get; init; }
}
