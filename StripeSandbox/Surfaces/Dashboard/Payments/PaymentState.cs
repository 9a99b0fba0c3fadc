using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard.Payments;

/// <summary>How a payment stands, seen by whoever wants to be paid.</summary>
internal enum PaymentState : byte
{
    None,
    Succeeded,
    Uncaptured,
    Incomplete,
    Declined,

    /// <summary>The bank asked for authentication and the integration did not show its question to the shopper.</summary>
    AuthenticationNotHandled,

    /// <summary>The shopper did not pass the bank's authentication.</summary>
    AuthenticationFailed,
    Canceled,
}

internal static class PaymentStates
{
    public static PaymentState Of(PaymentIntent intent) => intent.Status switch
    {
        IntentStatus.Succeeded => PaymentState.Succeeded,
        IntentStatus.RequiresCapture => PaymentState.Uncaptured,
        IntentStatus.RequiresPaymentMethod when intent.LastPaymentError is { } failure => Of(failure),
        // A payment that was given up after the bank's question is lost to it all the same.
        IntentStatus.Canceled when intent.LastPaymentError is { } failure && Of(failure) is not PaymentState.Declined and var lost => lost,
        IntentStatus.Canceled => PaymentState.Canceled,
        _ => PaymentState.Incomplete,
    };

    private static PaymentState Of(Failure failure) => failure.Code switch
    {
        "authentication_required" => PaymentState.AuthenticationNotHandled,
        "payment_intent_authentication_failure" => PaymentState.AuthenticationFailed,
        _ => PaymentState.Declined,
    };
}
