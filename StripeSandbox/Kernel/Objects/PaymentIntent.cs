using System.Text.Json.Serialization;

namespace StripeSandbox.Objects;

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
internal sealed record PaymentIntent : Intent
{
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required ConfirmationMethod ConfirmationMethod { get; init; }

    public required CaptureMethod CaptureMethod { get; init; }

    public long AmountCapturable { get; init; }

    public long AmountReceived { get; init; }

    public long? ApplicationFeeAmount { get; init; }

    public long? CanceledAt { get; init; }

    public Failure? LastPaymentError { get; init; }

    public string? LatestCharge { get; init; }

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

    /// <summary>Every charge that was tried, newest first.</summary>
    public IReadOnlyList<string> Charges { get; init; } = [];

    /// <summary>Unix seconds at which the authorization lapses; set in <c>requires_capture</c> only.</summary>
    public long? CaptureBefore { get; init; }

    /// <summary>The intent without what the confirm in the request that created it has made of it.</summary>
    public PaymentIntent AsCreated() => this with
    {
        Status = IntentStatus.RequiresPaymentMethod,
        PaymentMethod = null,
        AmountCapturable = 0,
        AmountReceived = 0,
        Attempt = null,
        CaptureBefore = null,
        Charges = [],
        Confirmations = 0,
        LastPaymentError = null,
        LatestCharge = null,
    };

    /// <summary>How the card is to be used once this is paid, <c>on_session</c> or <c>off_session</c>; null for not at all.</summary>
    [JsonIgnore]
    public string? FutureUsage => (CardSetupFutureUsage ?? SetupFutureUsage) is not "none" and var usage ? usage : null;
}
