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

    /// <summary>Takes in how an order's refunds stand, those that were made elsewhere included. False when Stripe could not say.</summary>
    Task<bool> RefreshRefundsAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default);
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

    /// <summary>It is done; the payment as it stands now.</summary>
    public sealed record Done(Payment Payment) : OperationOutcome;

    /// <summary>Stripe took it on and will say how it ends.</summary>
    public sealed record Pending(Payment Payment) : OperationOutcome;

    /// <summary>Nothing was attempted: the payment is in no state for it, or the amount is not within what is left.</summary>
    public sealed record Refused(Payment? Payment) : OperationOutcome;

    /// <summary>Stripe rejected it, or could not carry it out.</summary>
    public sealed record Failed(PaymentFailure Failure) : OperationOutcome;

    /// <summary>Nobody knows yet; it is asked again with the same key.</summary>
    public sealed record Unknown : OperationOutcome;
}
