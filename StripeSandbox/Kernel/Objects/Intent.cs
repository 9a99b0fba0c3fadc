namespace StripeSandbox.Objects;

internal enum IntentStatus
{
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,

    /// <summary>A payment's only.</summary>
    RequiresCapture,

    Canceled,
    Succeeded,
}

/// <summary>
/// What a PaymentIntent and a SetupIntent have in common: both are confirmed with a PaymentMethod, and may then wait for the
/// shopper's bank.
/// </summary>
internal abstract record Intent : StripeObject
{
    /// <summary>Only what follows <see cref="Ids.SecretMark"/> is kept: the id stands before it.</summary>
    public required string ClientSecret
    {
        get => Id + Ids.SecretMark + Secret;
        init => Secret = value[(value.LastIndexOf(Ids.SecretMark, StringComparison.Ordinal) + Ids.SecretMark.Length)..];
    }

    private string Secret { get; init; } = "";

    public required IntentStatus Status { get; init; }

    /// <summary>The types that the intent can be paid with, computed from those that it allows.</summary>
    public required IReadOnlyList<string> PaymentMethodTypes { get; init; }

    /// <summary>The types as the caller allowed them; null where the caller named none.</summary>
    public IReadOnlyList<string>? AllowedPaymentMethodTypes { get; init; }

    public IReadOnlyList<string>? ExcludedPaymentMethodTypes { get; init; }

    /// <summary><c>always</c> or <c>never</c>; null when the intent does not use automatic payment methods.</summary>
    public string? AutomaticRedirects { get; init; }

    public string? CancellationReason { get; init; }

    public string? Customer { get; init; }

    public string? Description { get; init; }

    public Metadata Metadata { get; init; } = Metadata.Empty;

    public string? OnBehalfOf { get; init; }

    public string? PaymentMethod { get; init; }

    public string RequestThreeDSecure { get; init; } = "automatic";

    /// <summary>What the last confirm began and the next one, or the bank, finishes. Null once that is over.</summary>
    public Attempt? Attempt { get; init; }

    /// <summary>How often this intent was confirmed.</summary>
    public int Confirmations { get; init; }
}

/// <summary>One confirm that waits for the shopper's bank, or for the server to confirm again.</summary>
internal sealed record Attempt
{
    public required string PaymentMethod { get; init; }

    /// <summary>The id of the <see cref="Challenge"/> that the bank poses.</summary>
    public required string Source { get; init; }

    /// <summary>Unix seconds of the confirm; an hour later the attempt has failed.</summary>
    public required long ConfirmedAt { get; init; }

    /// <summary>The amount that the shopper authenticates: another amount needs another authentication. Null where a card is set up.</summary>
    public long? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>The transaction id of the 3D Secure server.</summary>
    public required string TransactionId { get; init; }

    /// <summary>The card network's directory server.</summary>
    public required string DirectoryServer { get; init; }

    public bool UseStripeSdk { get; init; }

    /// <summary>Where the shopper is sent to authenticate when Stripe.js does not handle it.</summary>
    public string? RedirectUrl { get; init; }

    public string? ReturnUrl { get; init; }

    public bool IsAuthenticated { get; init; }
}
