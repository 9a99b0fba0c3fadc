namespace PaymentApp.Payments;

/// <summary>
/// What became of a request to pay. The set is closed: callers switch over it. Expected outcomes are values; only bugs are
/// exceptions.
/// </summary>
public abstract record PaymentOutcome
{
    private PaymentOutcome()
    {
    }

    /// <summary>The order is paid, by this call or by an earlier one.</summary>
    public sealed record Succeeded(PaidReceipt Receipt) : PaymentOutcome;

    /// <summary>
    /// The bank wants to see the shopper: give <paramref name="ClientSecret"/> to <c>stripe.handleCardAction</c> and
    /// confirm afterwards. The secret is never logged or stored.
    /// </summary>
    public sealed record ActionRequired(string ClientSecret) : PaymentOutcome
    {
        public override string ToString() => nameof(ActionRequired);
    }

    /// <summary>The attempt failed for good; another card may be tried on the same order.</summary>
    public sealed record Declined(PaymentFailure Failure) : PaymentOutcome;

    /// <summary>Stripe is still working on it and will say.</summary>
    public sealed record Processing : PaymentOutcome;

    /// <summary>The bank holds the amount for a later capture; the shopper is done.</summary>
    public sealed record RequiresCapture(PaidReceipt Receipt) : PaymentOutcome;

    /// <summary>The payment was canceled; this order cannot be paid any more.</summary>
    public sealed record Canceled : PaymentOutcome;

    /// <summary>Nobody knows yet: the request may have been carried out. It will be asked again with the same key.</summary>
    public sealed record Unknown : PaymentOutcome;

    /// <summary>The request made no sense, or a limit was reached, and nothing was attempted.</summary>
    /// <param name="Wait">How long until the same may be asked again; null where waiting does not help.</param>
    public sealed record Refused(RefusalReason Reason, TimeSpan? Wait = null) : PaymentOutcome;
}

/// <summary>Why a request was refused before anything was attempted.</summary>
public enum RefusalReason
{
    /// <summary>No order has this id.</summary>
    UnknownOrder,

    /// <summary>What came as a PaymentMethod id is not shaped like one.</summary>
    MalformedPaymentMethod,

    /// <summary>A limit against card testing was reached: of an address, or of all of them together.</summary>
    TooManyAttempts,

    /// <summary>The order itself was tried too often: another order may be paid.</summary>
    OrderTriedTooOften,

    /// <summary>Stripe was asked too often how the order stands: the ledger knows what was said last.</summary>
    AskedTooOften,

    /// <summary>The shopper gave this authentication up to use another card.</summary>
    AuthenticationGivenUp,

    /// <summary>There is no payment to go on with.</summary>
    NothingToConfirm,

    /// <summary>The PaymentIntent at Stripe is not this order's in amount, currency or reference.</summary>
    IntentMismatch,
}

/// <summary>What a shopper who paid wants to see.</summary>
/// <param name="Amount">How much was taken, or is held.</param>
public sealed record PaidReceipt(string OrderNumber, Money Amount, CardSummary? Card)
{
    /// <summary>What the order costs; more than the amount after a partial capture.</summary>
    public Money Ordered { get; init; } = Amount;

    /// <summary>How much was given back or is on its way.</summary>
    public Money Refunded { get; init; } = Amount with { MinorUnits = 0 };

    /// <summary>How much is disputed.</summary>
    public Money Disputed { get; init; } = Amount with { MinorUnits = 0 };

    /// <summary>How much the cardholder's bank took back.</summary>
    public Money Lost { get; init; } = Amount with { MinorUnits = 0 };
}
