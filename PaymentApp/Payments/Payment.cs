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
    /// <summary>How much the bank approved.</summary>
    public Money Authorized { get; init; } = Order.Amount with { MinorUnits = 0 };

    /// <summary>How much was taken; less than the order's amount after a partial capture.</summary>
    public Money Captured { get; init; } = Order.Amount with { MinorUnits = 0 };

    /// <summary>How much was given back or is on its way, whoever did it.</summary>
    public Money Refunded { get; init; } = Order.Amount with { MinorUnits = 0 };

    /// <summary>Whether Stripe has yet to say how a refund ends.</summary>
    public bool HasPendingRefund { get; init; }

    /// <summary>How much of what was given back is still on its way.</summary>
    public Money RefundPending { get; init; } = Order.Amount with { MinorUnits = 0 };

    /// <summary>How much the cardholder disputes; inquiries, which have taken nothing yet, included.</summary>
    public Money Disputed { get; init; } = Order.Amount with { MinorUnits = 0 };

    /// <summary>How much went back to the cardholder in disputes that were lost.</summary>
    public Money Lost { get; init; } = Order.Amount with { MinorUnits = 0 };

    /// <summary>How much of what the bank approved was never taken and is free again.</summary>
    public Money Released { get; init; } = Order.Amount with { MinorUnits = 0 };

    /// <summary>The charge that the bank approved, Stripe's id.</summary>
    public string? ChargeId { get; init; }

    /// <summary>When the bank's hold ends, UTC; null where nothing is held.</summary>
    public DateTime? CaptureBefore { get; init; }

    /// <summary>When the money was taken, UTC, by Stripe's clock.</summary>
    public DateTime? PaidAt { get; init; }

    /// <summary>How much can still be given back.</summary>
    public Money Refundable => Captured with { MinorUnits = Math.Max(0, Captured.MinorUnits - Refunded.MinorUnits - Lost.MinorUnits) };

    /// <summary>Whether all that was taken went back, by refunds or by lost disputes.</summary>
    public bool IsReturnedInFull => Captured.MinorUnits > 0 && Refundable.MinorUnits == 0;

    /// <summary>
    /// Whether the shopper gave up the authentication that the payment waits for, to use another card: nobody confirms it
    /// then, and another card may be entered.
    /// </summary>
    public bool IsGivenUp { get; init; }

    /// <summary>When the payment last moved, UTC.</summary>
    public DateTime MovedAt { get; init; }

    /// <summary>The trace context in which the payment last moved; null where none was recorded.</summary>
    internal string? TraceParent { get; init; }

    internal LedgerReading Reading { get; init; }

    public PaidReceipt Receipt => new(Order.Number, Captured.MinorUnits > 0 ? Captured : Order.Amount, Card)
    {
        Ordered = Order.Amount,
        Refunded = Refunded,
        Disputed = Disputed,
        Lost = Lost,
    };
}
