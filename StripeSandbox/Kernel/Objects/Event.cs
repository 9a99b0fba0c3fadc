using System.Text.Json.Serialization;

namespace StripeSandbox.Objects;

/// <summary>https://docs.stripe.com/api/events/object</summary>
internal sealed record Event : StripeObject
{
    public required string Type { get; init; }

    /// <summary>The object that it happened to; what it was like then says <see cref="Snapshot"/>.</summary>
    public required StripeObject Object { get; init; }

    /// <summary>
    /// Whether it tells of a PaymentIntent's creation. <see cref="Object"/> is then what the same request left of it: one version less
    /// to keep for each payment.
    /// </summary>
    public bool IsAsCreated { get; init; }

    /// <summary>The object as it was when this happened.</summary>
    [JsonIgnore]
    public StripeObject Snapshot => IsAsCreated ? ((PaymentIntent)Object).AsCreated() : Object;

    /// <summary>The object before; null where Stripe tells no <c>previous_attributes</c>.</summary>
    public StripeObject? Previous { get; init; }

    /// <summary>The request that made it happen; null when time did.</summary>
    public string? RequestId { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>How many endpoints have not yet taken it.</summary>
    public int PendingDeliveries { get; init; }
}
