namespace PaymentApp.Payments;

/// <summary>
/// The two integrations of Stripe's guide <i>Migrate your basic card integration</i>:
/// https://docs.stripe.com/payments/payment-intents/upgrade-to-handle-actions.
/// </summary>
public enum AuthenticationMode
{
    /// <summary>The upgraded flow: the bank's challenge is shown and the payment goes on.</summary>
    Handle,

    /// <summary>The basic flow: a card that needs authentication fails (<c>error_on_requires_action</c>).</summary>
    Decline,
}
