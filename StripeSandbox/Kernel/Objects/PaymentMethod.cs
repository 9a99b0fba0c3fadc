using System.Text.Json.Serialization;

namespace StripeSandbox.Objects;

/// <summary>https://docs.stripe.com/api/payment_methods/object. Holds no card number: only which test card it was.</summary>
internal sealed record PaymentMethod : StripeObject
{
    /// <summary>The name of the test card, by which its behaviour is found.</summary>
    public required string Card { get; init; }

    public required string Last4 { get; init; }

    /// <summary>The same for the same card number.</summary>
    public required string Fingerprint { get; init; }

    public required int ExpMonth { get; init; }

    public required int ExpYear { get; init; }

    /// <summary>Whether the shopper typed a CVC; only then can it be checked.</summary>
    public bool HasCvc { get; init; }

    public string? PreferredNetwork { get; init; }

    public string AllowRedisplay { get; init; } = "unspecified";

    public BillingDetails BillingDetails { get; init; } = BillingDetails.Empty;

    public string? Customer { get; init; }

    public Metadata Metadata { get; init; } = Metadata.Empty;

    /// <summary>The intent whose attempt used it. Without a customer there is no second use.</summary>
    public string? UsedBy { get; init; }

    /// <summary>Whether it may still be attached though a payment without a customer has used it: that payment asked for it.</summary>
    public bool IsKeptForLater { get; init; }

    /// <summary>Whether it left its customer: it is of no use any more.</summary>
    public bool IsDetached { get; init; }

    /// <summary>Whether an authenticated payment or SetupIntent prepared it for use without the shopper.</summary>
    public bool IsSetUpForOffSession { get; init; }

    /// <summary>Whether the bank has seen it: saving a card asks the bank as a charge does.</summary>
    [JsonIgnore]
    public bool IsKnownToBank => UsedBy is not null || Customer is not null || IsDetached;
}

/// <summary>A postal address, any part of which may be missing.</summary>
internal sealed record Address(string? City, string? Country, string? Line1, string? Line2, string? PostalCode, string? State)
{
    public static readonly Address Empty = new(null, null, null, null, null, null);
}

internal sealed record BillingDetails(Address Address, string? Email, string? Name, string? Phone, string? TaxId)
{
    public static readonly BillingDetails Empty = new(Address.Empty, null, null, null, null);
}

internal sealed record Shipping(Address Address, string? Carrier, string? Name, string? Phone, string? TrackingNumber);
