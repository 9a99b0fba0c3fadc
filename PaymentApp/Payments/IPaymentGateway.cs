namespace PaymentApp.Payments;

/// <summary>
/// The payment provider. Every call that can move money carries an idempotency key that the ledger holds already, and
/// answers with a <see cref="GatewayAnswer"/>: trouble on the way is an answer, not an exception.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>
    /// Creates an order's PaymentIntent and confirms it at once, by manual confirmation:
    /// https://docs.stripe.com/payments/payment-intents/upgrade-to-handle-actions.
    /// </summary>
    Task<GatewayAnswer> CreateAsync(NewIntent intent, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>
    /// Confirms an intent: with a fresh PaymentMethod after a failed attempt, without one after authentication.
    /// https://docs.stripe.com/api/payment_intents/confirm.
    /// </summary>
    Task<GatewayAnswer> ConfirmAsync(
        string intentId, Confirmation confirmation, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>Takes an authorized amount: https://docs.stripe.com/api/payment_intents/capture.</summary>
    /// <param name="amount">Null for all of it; the rest of a partial capture is released.</param>
    Task<GatewayAnswer> CaptureAsync(
        string intentId, Money? amount, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>Cancels an intent and releases what it holds: https://docs.stripe.com/api/payment_intents/cancel.</summary>
    /// <param name="reason"><c>duplicate</c>, <c>fraudulent</c>, <c>requested_by_customer</c> or <c>abandoned</c>.</param>
    Task<GatewayAnswer> CancelAsync(
        string intentId, string? reason, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>Gives money of a paid intent back: https://docs.stripe.com/api/refunds/create.</summary>
    /// <param name="reason"><c>duplicate</c>, <c>fraudulent</c> or <c>requested_by_customer</c>.</param>
    Task<GatewayAnswer> RefundAsync(
        string intentId, Money amount, string? reason, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>Reads every refund of an intent, whoever made it. Moves nothing.</summary>
    Task<GatewayAnswer> ListRefundsAsync(string intentId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks for the intent of an order among those created since a moment. <see cref="GatewayAnswer.Rejected"/> when
    /// there surely is none. Moves nothing.
    /// </summary>
    /// <param name="since">UTC.</param>
    Task<GatewayAnswer> SearchAsync(OrderId order, DateTime since, CancellationToken cancellationToken = default);

    /// <summary>Reads an intent. Moves nothing.</summary>
    Task<GatewayAnswer> RetrieveAsync(string intentId, CancellationToken cancellationToken = default);
}

/// <summary>What an order's PaymentIntent is created from; all of it the server's own.</summary>
public sealed record NewIntent(
    OrderId Order,
    string OrderNumber,
    Money Amount,
    string PaymentMethodId,
    AuthenticationMode Authentication,
    CaptureMode Capture = CaptureMode.Automatic);

/// <param name="PaymentMethodId">A fresh PaymentMethod, or null to go on with the one that was just authenticated.</param>
public sealed record Confirmation(string? PaymentMethodId, AuthenticationMode Authentication);

/// <summary>What the provider says of an intent at one moment.</summary>
/// <param name="Happened">The intent's status as an event on the order.</param>
/// <param name="Order">The order that the intent's metadata names, if any.</param>
/// <param name="ClientSecret">For the browser only: never logged, never stored.</param>
/// <param name="Failure">Why the last attempt failed, while the intent remembers.</param>
/// <param name="Card">The card that was charged, once one was.</param>
/// <param name="Received">How much was taken so far.</param>
/// <param name="IsDisputed">Whether the cardholder disputes the charge.</param>
public sealed record IntentSnapshot(
    string Id,
    PaymentEvent Happened,
    Money Amount,
    OrderId? Order,
    string? ClientSecret,
    PaymentFailure? Failure,
    CardSummary? Card,
    Money? Received = null,
    bool IsDisputed = false)
{
    public override string ToString() => $"{Id} {Happened}";
}

/// <summary>What the provider says of a refund at one moment.</summary>
/// <param name="FailureCode">Why the money could not be given back, if so.</param>
/// <param name="CreatedAt">UTC, by the provider's clock.</param>
public sealed record RefundSnapshot(
    string Id, string IntentId, Money Amount, RefundStatus Status, string? FailureCode, DateTime CreatedAt);

/// <summary>How a refund stands: https://docs.stripe.com/refunds#tracing-refunds.</summary>
public enum RefundStatus
{
    Pending,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>What came back from the provider.</summary>
public abstract record GatewayAnswer
{
    private GatewayAnswer()
    {
    }

    /// <summary>The provider answered and says how the intent stands.</summary>
    public sealed record Answered(IntentSnapshot Intent) : GatewayAnswer;

    /// <summary>The provider answered and says how the refund stands.</summary>
    public sealed record RefundAnswered(RefundSnapshot Refund) : GatewayAnswer;

    /// <summary>The provider answered and says how every refund of the intent stands.</summary>
    public sealed record RefundsAnswered(IReadOnlyList<RefundSnapshot> Refunds) : GatewayAnswer;

    /// <summary>A definite no that left no intent in a new state, such as a PaymentMethod that was used before.</summary>
    public sealed record Rejected(PaymentFailure Failure) : GatewayAnswer;

    /// <summary>It is certain that the request was not carried out: it was never received, or turned away unread.</summary>
    public sealed record NotExecuted(PaymentFailure Failure) : GatewayAnswer;

    /// <summary>It may have been carried out. Ask again with the same key.</summary>
    /// <param name="HasEnded">
    /// Whether the provider will say nothing else under this key, such as a stored 500: what became of the request is
    /// then in the intent alone. https://docs.stripe.com/api/idempotent_requests.
    /// </param>
    public sealed record Unknown(bool HasEnded = false) : GatewayAnswer;
}
