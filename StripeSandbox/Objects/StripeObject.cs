namespace StripeSandbox.Objects;

/// <summary>
/// Anything with an id. Records are immutable: a change is a new record, and an event can hold the old one for ever.
/// </summary>
internal abstract record StripeObject
{
    public required string Id { get; init; }

    /// <summary>Unix seconds, UTC.</summary>
    public required long Created { get; init; }
}
