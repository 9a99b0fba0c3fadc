using PaymentApp.Payments;

namespace PaymentApp.Checkout;

/// <summary>What a shopper waits for.</summary>
internal enum CheckoutActivity
{
    CheckingCard,
    WaitingForBank,
    Confirming,
}

/// <summary>What the checkout form shows: always exactly one of these.</summary>
internal abstract record CheckoutState
{
    private CheckoutState()
    {
    }

    /// <summary>The order and Stripe.js are on their way.</summary>
    public sealed record Loading : CheckoutState;

    /// <summary>Stripe.js did not come: without it there is no card field.</summary>
    public sealed record StripeUnavailable : CheckoutState;

    /// <summary>A card may be entered.</summary>
    /// <param name="Alert">Why the last attempt did not work and what to do, if there was one.</param>
    public sealed record Ready(string? Alert = null) : CheckoutState;

    /// <summary>An earlier attempt can go on where it stopped.</summary>
    /// <param name="AtBank">Whether the bank still waits for the shopper, or only the last confirmation is missing.</param>
    public sealed record Resumable(bool AtBank, string? Alert = null) : CheckoutState;

    /// <summary>A payment is under way; nothing can be pressed.</summary>
    /// <param name="WithCardShown">Whether it began with the card on this page, which then stays in sight.</param>
    public sealed record Working(CheckoutActivity Activity, bool WithCardShown) : CheckoutState;

    /// <summary>Nobody knows yet what became of a request.</summary>
    public sealed record OutcomeUnknown : CheckoutState;

    /// <summary>Stripe still works on it.</summary>
    public sealed record Processing : CheckoutState;

    /// <summary>The money was taken.</summary>
    public sealed record Paid(PaidReceipt Receipt) : CheckoutState;

    /// <summary>The bank holds the amount; the shopper is done.</summary>
    public sealed record Authorized(PaidReceipt Receipt) : CheckoutState;

    /// <summary>This order cannot be paid any more.</summary>
    public sealed record Closed(string Alert) : CheckoutState;
}
