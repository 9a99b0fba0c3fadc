namespace PaymentApp.Payments;

/// <summary>What can happen to an order.</summary>
public enum TimelineEvent
{
    Placed,

    /// <summary>A step was written: its request is about to be made.</summary>
    StepWritten,

    /// <summary>A step ended without moving the intent.</summary>
    StepEnded,

    AttemptFailed,

    /// <summary>The shopper chose another card than the one that the bank asks about.</summary>
    AuthenticationGivenUp,

    StateChanged,

    /// <summary>The order was paid: the shop's fulfilment handler is to be called.</summary>
    Released,

    /// <summary>The shop's fulfilment handler succeeded.</summary>
    Fulfilled,
    RefundChanged,

    /// <summary>A dispute was opened, or goes on: its status is in the detail.</summary>
    Disputed,
    DisputeWon,
    DisputeLost,

    /// <summary>A dispute came to nothing: an inquiry was closed, or the dispute was prevented.</summary>
    DisputeClosed,

    /// <summary>The card's issuer suspects fraud: a refund may avert a dispute.</summary>
    FraudWarning,

    /// <summary>Stripe reported what cannot be: an operator has to look.</summary>
    IllegalNews,
}

/// <summary>One line of an order's timeline.</summary>
/// <param name="At">UTC.</param>
/// <param name="Detail">Codes and amounts for the operator.</param>
public sealed record TimelineEntry(DateTime At, PaymentActor Actor, TimelineEvent Event, PaymentState? State, string? Detail);
