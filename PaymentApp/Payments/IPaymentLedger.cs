namespace PaymentApp.Payments;

/// <summary>
/// The shop's own memory of its payments. Each call is one transaction; what it returns was committed.
/// </summary>
public interface IPaymentLedger
{
    /// <summary>How an order's payment stands, or null where there is no such order.</summary>
    Task<PayableOrder?> FindAsync(OrderId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens the next attempt with a fresh PaymentMethod and writes its first step. Null when the order changed since
    /// <paramref name="seen"/> was read: read it again and decide anew.
    /// </summary>
    Task<PaymentStep?> BeginAttemptAsync(
        PayableOrder seen, string paymentMethodId, AuthenticationMode authentication, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes the step that confirms again after authentication, in the current attempt. Null when the order changed
    /// since <paramref name="seen"/> was read.
    /// </summary>
    Task<PaymentStep?> BeginConfirmationAsync(PayableOrder seen, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes in what the provider said of the order's intent: through the transition table, with fulfilment where the
    /// order became paid, and with the step's result where a step asked for it. Returns how the order stands then.
    /// </summary>
    Task<PayableOrder> RecordAsync(
        OrderId order, IntentSnapshot intent, PaymentStep? step = null, CancellationToken cancellationToken = default);

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
        PaymentStep step, PaymentStepResult result, PaymentFailure failure, CancellationToken cancellationToken = default);
}

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
    public PaidReceipt Receipt => new(Number, Amount, Card);
}
