namespace PaymentApp.Payments;

/// <summary>
/// The payment provider. Every call that can move money carries an idempotency key that the ledger holds already, and
/// answers with a <see cref="GatewayAnswer{T}"/>: trouble on the way is an answer, not an exception.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>
    /// Creates an order's PaymentIntent and confirms it at once, by manual confirmation:
    /// https://docs.stripe.com/payments/payment-intents/upgrade-to-handle-actions.
    /// </summary>
    Task<GatewayAnswer<IntentSnapshot>> CreateAsync(NewIntent intent, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>
    /// Confirms an intent: with a fresh PaymentMethod after a failed attempt, without one after authentication.
    /// https://docs.stripe.com/api/payment_intents/confirm.
    /// </summary>
    Task<GatewayAnswer<IntentSnapshot>> ConfirmAsync(
        PaymentIntentId intent, Confirmation confirmation, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>Takes an authorized amount: https://docs.stripe.com/api/payment_intents/capture.</summary>
    /// <param name="amount">Null for all of it; the rest of a partial capture is released.</param>
    Task<GatewayAnswer<IntentSnapshot>> CaptureAsync(
        PaymentIntentId intent, Money? amount, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>Cancels an intent and releases what it holds: https://docs.stripe.com/api/payment_intents/cancel.</summary>
    /// <param name="reason"><c>duplicate</c>, <c>fraudulent</c>, <c>requested_by_customer</c> or <c>abandoned</c>.</param>
    Task<GatewayAnswer<IntentSnapshot>> CancelAsync(
        PaymentIntentId intent, string? reason, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>Gives money of a paid intent back: https://docs.stripe.com/api/refunds/create. The refund names the key as its own.</summary>
    /// <param name="reason"><c>duplicate</c>, <c>fraudulent</c> or <c>requested_by_customer</c>.</param>
    Task<GatewayAnswer<RefundSnapshot>> RefundAsync(
        PaymentIntentId intent, Money amount, string? reason, string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads an intent with its charge and, once money was taken, every refund, dispute and early fraud warning, whoever
    /// made them: two calls to four, and more where a list has more than a page. Moves nothing.
    /// </summary>
    /// <param name="current">The intent, where it was read a moment ago.</param>
    Task<GatewayAnswer<PaymentSnapshot>> ReadPaymentAsync(
        PaymentIntentId intent, IntentSnapshot? current = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks for the intent of an order among those that were created between two moments, give or take the difference of
    /// the clocks: first around the earlier one, where it most likely is. <see cref="GatewayAnswer{T}.Rejected"/> when
    /// there surely is none. Moves nothing.
    /// </summary>
    /// <param name="since">When its request was made first, UTC.</param>
    /// <param name="until">When its request was made last, UTC.</param>
    Task<GatewayAnswer<IntentSnapshot>> SearchAsync(OrderId order, DateTime since, DateTime until, CancellationToken cancellationToken = default);

    /// <summary>Reads an intent. Moves nothing.</summary>
    Task<GatewayAnswer<IntentSnapshot>> RetrieveAsync(PaymentIntentId intent, CancellationToken cancellationToken = default);
}

/// <summary>What an order's PaymentIntent is created from; all of it the server's own.</summary>
public sealed record NewIntent(
    PayableOrder Order,
    PaymentMethodId PaymentMethod,
    AuthenticationMode Authentication,
    CaptureMode Capture = CaptureMode.Automatic)
{
    /// <summary>Where Stripe sends its receipt: https://docs.stripe.com/receipts. Null for none.</summary>
    public EmailAddress? ReceiptEmail { get; init; } = Order.Email;
}

/// <param name="PaymentMethod">A fresh PaymentMethod, or null to go on with the one that was just authenticated.</param>
public sealed record Confirmation(PaymentMethodId? PaymentMethod, AuthenticationMode Authentication)
{
    /// <summary>Where Stripe sends its receipt from now on; null to leave it as it is.</summary>
    public EmailAddress? ReceiptEmail { get; init; }
}

/// <summary>What the provider says of an intent at one moment.</summary>
/// <param name="State">Where the payment stands by the intent's status.</param>
/// <param name="Order">The order that the intent's metadata names, if any.</param>
/// <param name="ClientSecret">For the browser only: never logged, never stored.</param>
/// <param name="Failure">Why the last attempt failed, while the intent remembers.</param>
/// <param name="Card">The card that was charged, once one was.</param>
/// <param name="Received">How much was taken so far.</param>
/// <param name="Charge">The charge that the bank approved; null where there is none, or where it did not come along.</param>
/// <param name="HasUnreadCharge">Whether there is a charge that did not come along: read the intent for it.</param>
public sealed record IntentSnapshot(
    PaymentIntentId Id,
    PaymentState State,
    Money Amount,
    OrderId? Order,
    string? ClientSecret,
    PaymentFailure? Failure,
    CardSummary? Card,
    Money? Received = null,
    ChargeSnapshot? Charge = null,
    bool HasUnreadCharge = false)
{
    /// <summary>Where the card of the latest attempt that the bank or Stripe decided on comes from, where Stripe says so.</summary>
    public CardOrigin? Origin { get; init; }

    public override string ToString() => $"{Id} {State}";
}
