namespace PaymentApp.Payments;

/// <summary>Where a payment stands, as far as Stripe has told: the status of its PaymentIntent.</summary>
public enum PaymentState
{
    /// <summary>Nothing tried yet, or the last attempt failed: a card may be entered (<c>requires_payment_method</c>).</summary>
    AwaitingPayment,

    /// <summary>The bank asks the shopper to authenticate (<c>requires_action</c>).</summary>
    AwaitingAuthentication,

    /// <summary>The shopper authenticated; the server has yet to confirm again (<c>requires_confirmation</c>).</summary>
    AwaitingConfirmation,

    /// <summary>Stripe is working on it (<c>processing</c>).</summary>
    Processing,

    /// <summary>The bank holds the amount for a later capture (<c>requires_capture</c>).</summary>
    Authorized,

    /// <summary>The money was taken (<c>succeeded</c>). Final.</summary>
    Paid,

    /// <summary>The PaymentIntent was canceled. Final.</summary>
    Canceled,
}
