namespace PaymentApp.Payments;

/// <summary>
/// What is done to a payment after the shopper is done: capture, cancel, refund. Through the same steps, keys and
/// transition table as paying; safe to repeat while an outcome is unknown. Who acts is kept in the order's timeline.
/// </summary>
public interface IPaymentOperations
{
    /// <summary>Takes an authorized amount: https://docs.stripe.com/payments/place-a-hold-on-a-payment-method.</summary>
    /// <param name="amount">How much, in the order's currency; null for all of it. What is left is released.</param>
    Task<OperationOutcome> CaptureAsync(OrderId order, Money? amount, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>Ends an order that is not paid, and releases what the bank holds for it.</summary>
    Task<OperationOutcome> CancelAsync(OrderId order, CancelReason reason, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>Gives money back: https://docs.stripe.com/refunds.</summary>
    /// <param name="amount">How much, in the order's currency; null for all that is left.</param>
    Task<OperationOutcome> RefundAsync(
        OrderId order, Money? amount, RefundReason reason, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads all that Stripe holds of an order's payment, what was done elsewhere included, and records it: intent and
    /// charge, and once money was taken every refund, dispute and early fraud warning. False when Stripe could not say.
    /// </summary>
    Task<bool> ReadAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <param name="current">The order's intent, where it was read a moment ago.</param>
    /// <inheritdoc cref="ReadAsync(OrderId, PaymentActor, CancellationToken)"/>
    Task<bool> ReadAsync(OrderId order, PaymentActor actor, IntentSnapshot? current, CancellationToken cancellationToken = default);
}

/// <summary>Why an order is canceled, in the words that Stripe takes.</summary>
public enum CancelReason
{
    RequestedByCustomer,
    Abandoned,
    Duplicate,
    Fraudulent,
}

/// <summary>Why money is given back, in the words that Stripe takes.</summary>
public enum RefundReason
{
    RequestedByCustomer,
    Duplicate,
    Fraudulent,
}

/// <summary>What became of an operation.</summary>
public abstract record OperationOutcome
{
    private OperationOutcome()
    {
    }

    /// <summary>Whether the same request was under way already, and this is how it ended: no second one was made.</summary>
    public bool WasUnderWay { get; init; }

    /// <summary>It is done; the payment as it stands now.</summary>
    public sealed record Done(Payment Payment) : OperationOutcome;

    /// <summary>Stripe took it on and will say how it ends.</summary>
    public sealed record Pending(Payment Payment) : OperationOutcome;

    /// <summary>
    /// The payment, as it stands now, is in no state for it, or the amount is not within what is left or has fractions
    /// that the currency does not know. Nothing was moved.
    /// </summary>
    public sealed record Refused(Payment? Payment) : OperationOutcome;

    /// <summary>Stripe rejected it, or could not carry it out.</summary>
    /// <param name="MayWorkLater">Whether Stripe turned it away unread, or could not be reached: nothing is wrong with what was asked.</param>
    public sealed record Failed(PaymentFailure Failure, bool MayWorkLater = false) : OperationOutcome;

    /// <summary>Nobody knows yet; it is asked again with the same key.</summary>
    public sealed record Unknown : OperationOutcome;
}
