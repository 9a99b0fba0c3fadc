namespace PaymentApp.Payments;

/// <summary>Where an order's payment stands, as far as Stripe has told.</summary>
public enum PaymentState
{
    /// <summary>Nothing tried yet, or the last attempt failed: a card may be entered.</summary>
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
