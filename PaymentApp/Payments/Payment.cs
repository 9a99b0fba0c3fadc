namespace PaymentApp.Payments;

/// <summary>How the payment of an order stands, as the ledger has it at one moment. An order has one payment.</summary>
/// <param name="Intent">The one PaymentIntent of the order, once it has one (invariant 1).</param>
/// <param name="Attempts">How many attempts were begun.</param>
/// <param name="OpenStep">The request whose outcome is not known yet.</param>
/// <param name="LastFailure">Why the latest attempt failed, if it did.</param>
/// <param name="Card">The card that paid.</param>
/// <param name="Version">What <see cref="IPaymentLedger"/> compares to notice that the payment changed.</param>
/// <param name="PaymentMethod">The PaymentMethod of the latest attempt.</param>
public sealed record Payment(
    PayableOrder Order,
    PaymentState State,
    PaymentIntentId? Intent,
    int Attempts,
    PaymentStep? OpenStep,
    PaymentFailure? LastFailure,
    CardSummary? Card,
    int Version,
    PaymentMethodId? PaymentMethod = null)
{
    /// <summary>How much was taken.</summary>
    public Money Received { get; init; } = Order.Amount with { MinorUnits = 0 };

    /// <summary>How much was given back or is on its way.</summary>
    public Money Refunded { get; init; } = Order.Amount with { MinorUnits = 0 };

    /// <summary>How much can still be given back.</summary>
    public Money Refundable => Received with { MinorUnits = Received.MinorUnits - Refunded.MinorUnits };

    /// <summary>
    /// Whether the shopper gave up the authentication that the payment waits for, to use another card: nobody confirms it
    /// then, and another card may be entered.
    /// </summary>
    public bool IsGivenUp { get; init; }

    /// <summary>When the payment last moved, UTC.</summary>
    public DateTime MovedAt { get; init; }

    public PaidReceipt Receipt => new(Order.Number, Received.MinorUnits > 0 ? Received : Order.Amount, Card);
}
