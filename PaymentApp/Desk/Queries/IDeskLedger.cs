using PaymentApp.Payments;

namespace PaymentApp.Desk.Queries;

/// <summary>What the desk reads. Every query goes by key or by a range of an index; none moves anything or asks Stripe.</summary>
internal interface IDeskLedger
{
    /// <summary>Payments of a filter, newest first.</summary>
    /// <param name="after">The key that the page goes on behind; null for the newest.</param>
    /// <param name="most">How many, and whichever share the last one's key: none of them would come after it.</param>
    Task<ListedPayments> ListAsync(PaymentFilter filter, long? after, int most, CancellationToken cancellationToken = default);

    /// <summary>Sums over all payments of a filter, by currency.</summary>
    Task<IReadOnlyList<PaymentTotal>> TotalAsync(PaymentFilter filter, CancellationToken cancellationToken = default);

    /// <summary>The order with this number, id or PaymentIntent; null where there is none.</summary>
    Task<(OrderId Id, string Number)?> FindOrderAsync(string text, CancellationToken cancellationToken = default);

    /// <summary>What belongs to one payment; null where there is no such order.</summary>
    Task<PaymentHistory?> HistoryAsync(OrderId order, CancellationToken cancellationToken = default);

    /// <summary>The attempts that began on these days, counted.</summary>
    Task<AttemptCounts> CountAttemptsAsync(DayRange days, CancellationToken cancellationToken = default);

    /// <summary>What needs a person, the most pressing of each kind.</summary>
    Task<AttentionList> AttentionAsync(int most, CancellationToken cancellationToken = default);
}

/// <summary>Keeps what operators did, each under an id of its own, so that none of it happens twice.</summary>
internal interface IOperatorActionLog
{
    /// <summary>Writes an action before it is carried out. False when its id is known already: it has been, or is being, carried out.</summary>
    Task<bool> TryBeginAsync(OperatorAction action, CancellationToken cancellationToken = default);

    /// <summary>Writes how it came out.</summary>
    Task EndAsync(Guid id, OperatorActionResult result, string? detail, CancellationToken cancellationToken = default);
}

/// <summary>What an operator did to a payment.</summary>
/// <param name="Id">Made with the form; a form that is sent twice acts once.</param>
/// <param name="Operator">The name that the operator signed in with.</param>
/// <param name="Amount">How much was asked for; null for all of it, or where the action has no amount.</param>
/// <param name="Text">The reason, or the note.</param>
/// <param name="At">UTC.</param>
/// <param name="Result">Null until it has ended.</param>
/// <param name="Detail">Codes of a failure.</param>
/// <param name="EndedAt">UTC.</param>
public sealed record OperatorAction(
    Guid Id,
    OrderId Order,
    string Operator,
    OperatorActionKind Kind,
    Money? Amount,
    string? Text,
    DateTime At,
    OperatorActionResult? Result = null,
    string? Detail = null,
    DateTime? EndedAt = null);

/// <summary>What operators can do to a payment.</summary>
public enum OperatorActionKind
{
    Refund,
    Capture,
    Cancel,
    Read,
    Note,
}

/// <summary>How an action came out.</summary>
public enum OperatorActionResult
{
    Done,

    /// <summary>Stripe took it on and will say how it ends.</summary>
    Pending,

    /// <summary>Nothing was attempted: the payment was in no state for it.</summary>
    Refused,

    /// <summary>Stripe rejected it.</summary>
    Failed,

    /// <summary>Nobody knows; it is asked again with the same key.</summary>
    Unknown,
}
