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
    Fulfilled,
    RefundChanged,
    Disputed,

    /// <summary>Stripe reported what cannot be: an operator has to look.</summary>
    IllegalNews,
}

/// <summary>One line of an order's timeline.</summary>
/// <param name="At">UTC.</param>
/// <param name="Detail">Codes and amounts for the operator.</param>
public sealed record TimelineEntry(DateTime At, PaymentActor Actor, TimelineEvent Event, PaymentState? State, string? Detail);
