namespace PaymentApp.Payments;

/// <summary>What Stripe says has become of an order's PaymentIntent, whoever heard it: the shopper's circuit, a webhook or the sweeper.</summary>
public enum PaymentEvent
{
    /// <summary>The intent wants another PaymentMethod: the attempt was declined, failed authentication or expired.</summary>
    AttemptFailed,

    /// <summary><c>requires_action</c></summary>
    ActionRequired,

    /// <summary><c>requires_confirmation</c></summary>
    ConfirmationRequired,

    /// <summary><c>processing</c></summary>
    Processing,

    /// <summary><c>requires_capture</c></summary>
    Authorized,

    /// <summary><c>succeeded</c></summary>
    Succeeded,

    /// <summary><c>canceled</c></summary>
    Canceled,
}
