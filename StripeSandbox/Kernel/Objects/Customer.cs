namespace StripeSandbox.Objects;

/// <summary>https://docs.stripe.com/api/customers/object</summary>
internal sealed record Customer : StripeObject
{
    public Address? Address { get; init; }

    /// <summary>Minor units that the next invoice adds or takes off; kept, and nothing more: there are no invoices here.</summary>
    public long Balance { get; init; }

    public string? BusinessName { get; init; }

    public string? Description { get; init; }

    public string? Email { get; init; }

    public string? IndividualName { get; init; }

    public required string InvoicePrefix { get; init; }

    public InvoiceSettings InvoiceSettings { get; init; } = InvoiceSettings.Empty;

    public Metadata Metadata { get; init; } = Metadata.Empty;

    public string? Name { get; init; }

    public long NextInvoiceSequence { get; init; } = 1;

    public string? Phone { get; init; }

    public IReadOnlyList<string> PreferredLocales { get; init; } = [];

    public Shipping? Shipping { get; init; }

    public string TaxExempt { get; init; } = "none";

    /// <summary>The saved cards. The customer's lock covers their <see cref="PaymentMethod.Customer"/>.</summary>
    public IReadOnlyList<string> PaymentMethods { get; init; } = [];

    /// <summary>Deleted customers stay: what they paid still names them.</summary>
    public bool IsDeleted { get; init; }
}

internal sealed record InvoiceSettings
{
    public static readonly InvoiceSettings Empty = new();

    public string? DefaultPaymentMethod { get; init; }

    public string? Footer { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? CustomFields { get; init; }

    public RenderingOptions? RenderingOptions { get; init; }
}

internal sealed record RenderingOptions(string? AmountTaxDisplay, string? Template);
