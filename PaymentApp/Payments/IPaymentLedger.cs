namespace PaymentApp.Payments;

/// <summary>
/// The shop's own memory of its payments. Each call is one transaction; what it returns was committed. Calls that begin
/// a step return null when the order changed since <c>seen</c> was read: read it again and decide anew.
/// </summary>
public interface IPaymentLedger
{
    /// <summary>How an order's payment stands, or null where there is no such order.</summary>
    Task<Payment?> FindAsync(OrderId id, CancellationToken cancellationToken = default);

    /// <summary>The version that an order's payment is at, or null where there is no such order.</summary>
    Task<int?> FindVersionAsync(OrderId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens the next attempt with a fresh PaymentMethod and writes its first step. The e-mail address of
    /// <paramref name="seen"/>'s order is kept with it.
    /// </summary>
    Task<PaymentStep?> BeginAttemptAsync(
        Payment seen,
        PaymentMethodId paymentMethod,
        AuthenticationMode authentication,
        CaptureMode capture,
        PaymentActor actor,
        CancellationToken cancellationToken = default);

    /// <summary>Writes the step that confirms again after authentication, in the current attempt.</summary>
    Task<PaymentStep?> BeginConfirmationAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>Notes that the authentication of the current attempt is given up. Null when the payment changed since it was read.</summary>
    Task<Payment?> GiveUpAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>Writes the step of a capture, a cancellation or a refund.</summary>
    Task<PaymentStep?> BeginStepAsync(
        Payment seen, NewStep operation, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>Cancels an order that has no PaymentIntent. Null when it changed since it was read.</summary>
    Task<Payment?> CloseAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes in what the provider said of the order's intent: through the transition table, with fulfilment where the
    /// order became paid, and with the step's result where a step asked for it. Returns how the order stands then.
    /// </summary>
    Task<Payment> RecordAsync(
        OrderId order, IntentSnapshot intent, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default);

    /// <summary>Takes in what the provider said of a refund, whoever asked for it.</summary>
    Task<Payment> RecordRefundAsync(
        OrderId order, RefundSnapshot refund, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes in all that the provider holds of a payment: intent, charge, refunds, disputes and fraud warnings, and the
    /// step's result where a step is ended by it. Returns how the order stands then.
    /// </summary>
    /// <param name="result">How the step ended.</param>
    Task<Payment> RecordPaymentAsync(
        OrderId order,
        PaymentSnapshot snapshot,
        PaymentActor actor,
        PaymentStep? step = null,
        PaymentStepResult result = PaymentStepResult.Answered,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes that a step without an answer is about to be asked once more. Returns how the order stands, or null when
    /// the step has ended meanwhile.
    /// </summary>
    Task<Payment?> RepeatStepAsync(PaymentStep step, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a step that left the intent as it was. False when this try cannot tell: the step has ended otherwise, or
    /// was asked more than once, and that one try was <see cref="PaymentStepResult.NotExecuted"/> says nothing of the
    /// others.
    /// </summary>
    /// <param name="isProven">Whether reading showed that no try was carried out.</param>
    Task<bool> EndStepAsync(
        PaymentStep step,
        PaymentStepResult result,
        PaymentFailure failure,
        PaymentActor actor,
        bool isProven = false,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a step by an intent that is not what the order says (invariant 3). An intent that the step opened is kept as the
    /// order's own, unless it is another order's: while it differs nothing is done to it, and no second one is opened.
    /// </summary>
    Task EndMismatchedStepAsync(
        PaymentStep step, PaymentIntentId intent, PaymentFailure failure, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>What happened to an order, oldest first.</summary>
    Task<IReadOnlyList<TimelineEntry>> TimelineAsync(OrderId order, CancellationToken cancellationToken = default);
}

/// <summary>A capture, a cancellation or a refund that is to be made.</summary>
/// <param name="Amount">How much; null for a cancellation.</param>
/// <param name="Reason">Why, in Stripe's words.</param>
public sealed record NewStep(PaymentStepKind Kind, Money? Amount, string? Reason = null);
