namespace StripeSandbox.Objects;

/// <summary>https://docs.stripe.com/api/webhook_endpoints/object</summary>
internal sealed record WebhookEndpoint : StripeObject
{
    public const string Everything = "*";

    public required string Url { get; init; }

    /// <summary>What deliveries are signed with; told once, when the endpoint is created.</summary>
    public required string Secret { get; init; }

    public required IReadOnlyList<string> EnabledEvents { get; init; }

    public string? ApiVersion { get; init; }

    public string? Description { get; init; }

    public bool IsDisabled { get; init; }

    public bool IsDeleted { get; init; }

    /// <summary>Whether the process that hosts the sandbox registered it for itself.</summary>
    public bool IsHosts { get; init; }

    public Metadata Metadata { get; init; } = Metadata.Empty;

    public bool Wants(string type) =>
        !IsDisabled && !IsDeleted && (EnabledEvents.Contains(Everything) || EnabledEvents.Contains(type));
}
