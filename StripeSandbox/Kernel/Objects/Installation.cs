namespace StripeSandbox.Objects;

/// <summary>What belongs to the data file rather than to the account in it: a reset leaves it.</summary>
internal sealed record Installation : StripeObject
{
    public const string OnlyId = "installation";

    public required string SecretKey { get; init; }

    public required string PublishableKey { get; init; }
}
