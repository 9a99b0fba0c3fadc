namespace PaymentApp.Payments;

/// <summary>
/// The shop's own memory of its payments. Each call is one transaction; what it returns was committed. Calls that begin
/// a step return null when the order changed since <c>seen</c> was read: read it again and decide anew.
/// </summary>
public interface IPaymentLedger
{
    /// <summary>How an order's payment stands, or null where there is no such order.</summary>
    Task<PayableOrder?> FindAsync(OrderId id, CancellationToken cancellationToken = default);

    /// <summary>Opens the next attempt with a fresh PaymentMethod and writes its first step.</summary>
    Task<PaymentStep?> BeginAttemptAsync(
        PayableOrder seen,
        string paymentMethodId,
        AuthenticationMode authentication,
        CaptureMode capture,
        PaymentActor actor,
        CancellationToken cancellationToken = default);

    /// <summary>Writes the step that confirms again after authentication, in the current attempt.</summary>
    Task<PaymentStep?> BeginConfirmationAsync(PayableOrder seen, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>Writes the step of a capture, a cancellation or a refund.</summary>
    Task<PaymentStep?> BeginOperationAsync(
        PayableOrder seen, NewOperation operation, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>Cancels an order that has no PaymentIntent. Null when it changed since it was read.</summary>
    Task<PayableOrder?> CloseAsync(PayableOrder seen, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes in what the provider said of the order's intent: through the transition table, with fulfilment where the
    /// order became paid, and with the step's result where a step asked for it. Returns how the order stands then.
    /// </summary>
    Task<PayableOrder> RecordAsync(
        OrderId order, IntentSnapshot intent, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default);

    /// <summary>Takes in what the provider said of a refund, whoever asked for it.</summary>
    Task<PayableOrder> RecordRefundAsync(
        OrderId order, RefundSnapshot refund, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes that a step without an answer is about to be asked once more. Returns how the order stands, or null when
    /// the step has ended meanwhile.
    /// </summary>
    Task<PayableOrder?> RepeatStepAsync(PaymentStep step, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a step that left the intent as it was. False when this try cannot tell: the step has ended otherwise, or
    /// was asked more than once, and that one try was <see cref="PaymentStepResult.NotExecuted"/> says nothing of the
    /// others.
    /// </summary>
    Task<bool> EndStepAsync(
        PaymentStep step,
        PaymentStepResult result,
        PaymentFailure failure,
        PaymentActor actor,
        CancellationToken cancellationToken = default);

    /// <summary>What happened to an order, oldest first.</summary>
    Task<IReadOnlyList<TimelineEntry>> TimelineAsync(OrderId order, CancellationToken cancellationToken = default);
}

/// <summary>A capture, a cancellation or a refund that is to be made.</summary>
/// <param name="Amount">How much; null for a cancellation.</param>
/// <param name="Reason">Why, in Stripe's words.</param>
public sealed record NewOperation(PaymentStepKind Kind, Money? Amount, string? Reason = null);

/// <summary>An order as the payment service sees it.</summary>
/// <param name="IntentId">The order's one PaymentIntent, once it has one.</param>
/// <param name="Attempts">How many attempts were begun.</param>
/// <param name="OpenStep">The request whose outcome is not known yet.</param>
/// <param name="LastFailure">Why the latest attempt failed, if it did.</param>
/// <param name="Version">What <see cref="IPaymentLedger"/> compares to notice that the order changed.</param>
/// <param name="PaymentMethodId">The PaymentMethod of the latest attempt.</param>
public sealed record PayableOrder(
    OrderId Id,
    string Number,
    Money Amount,
    PaymentState State,
    string? IntentId,
    int Attempts,
    PaymentStep? OpenStep,
    PaymentFailure? LastFailure,
    CardSummary? Card,
    int Version,
    string? PaymentMethodId = null)
{
    /// <summary>How much was taken.</summary>
    public Money Received { get; init; } = Amount with { MinorUnits = 0 };

    /// <summary>How much was given back or is on its way.</summary>
    public Money Refunded { get; init; } = Amount with { MinorUnits = 0 };

    /// <summary>How much can still be given back.</summary>
    public Money Refundable => Received with { MinorUnits = Received.MinorUnits - Refunded.MinorUnits };

    /// <summary>When the payment last moved, UTC.</summary>
    public DateTime MovedAt { get; init; }

    public PaidReceipt Receipt => new(Number, Received.MinorUnits > 0 ? Received : Amount, Card);
}
