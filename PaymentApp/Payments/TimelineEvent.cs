namespace PaymentApp.Payments;

/// <summary>What can happen to an order.</summary>
public enum TimelineEvent
{
    Placed,

    /// <summary>A request that can move money is about to be made.</summary>
    RequestWritten,

    /// <summary>A request ended without moving the intent.</summary>
    RequestEnded,

    AttemptFailed,
    StateChanged,
    Fulfilled,
    RefundChanged,
    Disputed,

    /// <summary>Stripe said what cannot be; somebody has to look.</summary>
    IllegalNews,
}

/// <summary>One line of an order's timeline.</summary>
/// <param name="At">UTC.</param>
/// <param name="Detail">Codes and amounts for the operator.</param>
public sealed record TimelineEntry(DateTime At, PaymentActor Actor, TimelineEvent Event, PaymentState? State, string? Detail);
