namespace PaymentApp.Payments;

/// <summary>When the money of an accepted card is taken: https://docs.stripe.com/payments/place-a-hold-on-a-payment-method.</summary>
public enum CaptureMode
{
    /// <summary>At once.</summary>
    Automatic,

    /// <summary>When an operator captures; until then the bank holds the amount, for seven days at most.</summary>
    Manual,
}
