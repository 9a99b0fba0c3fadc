namespace StripeSandbox.Objects;

internal enum SetupAttemptStatus
{
    RequiresAction,
    Succeeded,
    Failed,

    /// <summary>Another confirm, a new card, a cancel or the hour took its place.</summary>
    Abandoned,
}

/// <summary>One confirm of a SetupIntent, with what the intent was like then (https://docs.stripe.com/api/setup_attempts/object).</summary>
internal sealed record SetupAttempt : StripeObject
{
    public required string SetupIntent { get; init; }

    public required SetupAttemptStatus Status { get; init; }

    /// <summary>The card as the bank saw it.</summary>
    public required PaymentMethod PaymentMethod { get; init; }

    public required string Usage { get; init; }

    public bool? AttachToSelf { get; init; }

    public string? Customer { get; init; }

    public IReadOnlyList<string>? FlowDirections { get; init; }

    public string? OnBehalfOf { get; init; }

    public Failure? SetupError { get; init; }

    public ThreeDSecure? ThreeDSecure { get; init; }
}
