using System.Text.Json.Serialization;

namespace StripeSandbox.Objects;

internal enum IntentStatus
{
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    RequiresCapture,
    Canceled,
    Succeeded,
}

internal enum ConfirmationMethod
{
    Automatic,
    Manual,
}

internal enum CaptureMethod
{
    AutomaticAsync,
    Automatic,
    Manual,
}

/// <summary>https://docs.stripe.com/api/payment_intents/object</summary>
internal sealed record PaymentIntent : StripeObject
{
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string ClientSecret { get; init; }

    public required IntentStatus Status { get; init; }

    public required ConfirmationMethod ConfirmationMethod { get; init; }

    public required CaptureMethod CaptureMethod { get; init; }

    public required IReadOnlyList<string> PaymentMethodTypes { get; init; }

    public IReadOnlyList<string>? ExcludedPaymentMethodTypes { get; init; }

    /// <summary><c>always</c> or <c>never</c>; null when the intent does not use automatic payment methods.</summary>
    public string? AutomaticRedirects { get; init; }

    public long AmountCapturable { get; init; }

    public long AmountReceived { get; init; }

    public long? ApplicationFeeAmount { get; init; }

    public long? CanceledAt { get; init; }

    public string? CancellationReason { get; init; }

    public string? Customer { get; init; }

    public string? Description { get; init; }

    public Failure? LastPaymentError { get; init; }

    public string? LatestCharge { get; init; }

    public Metadata Metadata { get; init; } = Metadata.Empty;

    public string? OnBehalfOf { get; init; }

    public string? PaymentMethod { get; init; }

    public string RequestThreeDSecure { get; init; } = "automatic";

    public string? ReceiptEmail { get; init; }

    public string? SetupFutureUsage { get; init; }

    /// <summary>What <c>payment_method_options[card]</c> says about it, which may be <c>none</c>.</summary>
    public string? CardSetupFutureUsage { get; init; }

    public Shipping? Shipping { get; init; }

    /// <summary>Whether a browser gave the shipping: it may then change it, and what the server gave it may not.</summary>
    public bool IsShippingFromBrowser { get; init; }

    public string? StatementDescriptor { get; init; }

    public string? StatementDescriptorSuffix { get; init; }

    public string? TransferDestination { get; init; }

    public string? TransferGroup { get; init; }

    /// <summary>What the last confirm began and the next one, or the bank, finishes. Null once that is over.</summary>
    public Attempt? Attempt { get; init; }

    /// <summary>Every charge that was tried, newest first.</summary>
    public IReadOnlyList<string> Charges { get; init; } = [];

    /// <summary>How often this intent was confirmed.</summary>
    public int Confirmations { get; init; }

    /// <summary>Unix seconds at which the authorization lapses; set in <c>requires_capture</c> only.</summary>
    public long? CaptureBefore { get; init; }

    /// <summary>How the card is to be used once this is paid, <c>on_session</c> or <c>off_session</c>; null for not at all.</summary>
    [JsonIgnore]
    public string? FutureUsage => (CardSetupFutureUsage ?? SetupFutureUsage) is not "none" and var usage ? usage : null;
}

/// <summary>One confirm that waits for the shopper's bank, or for the server to confirm again.</summary>
internal sealed record Attempt
{
    public required string PaymentMethod { get; init; }

    /// <summary>The id of the <see cref="Challenge"/> that the bank poses.</summary>
    public required string Source { get; init; }

    /// <summary>Unix seconds of the confirm; an hour later the attempt has failed.</summary>
    public required long ConfirmedAt { get; init; }

    /// <summary>The amount that the shopper authenticates: another amount needs another authentication.</summary>
    public required long Amount { get; init; }

    public required string Currency { get; init; }

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
