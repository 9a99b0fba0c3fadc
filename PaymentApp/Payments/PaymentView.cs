using System.Text.Json.Serialization;

namespace PaymentApp.Payments;

/// <summary>
/// What a page shows of a payment at one moment. A change that leaves it equal is not published, so that no page is
/// rendered again for it. It travels from a prerendered page to its circuit, and so holds no code of Stripe or the bank.
/// </summary>
/// <param name="IsChecking">Whether the outcome of a request is not known yet that the end of the payment hangs on.</param>
/// <param name="IsGivenUp">Whether the shopper wants to use another card than the one that the bank asks about.</param>
/// <param name="Failure">Why the latest attempt failed, if it did.</param>
/// <param name="Captured">How much was taken.</param>
/// <param name="Refunded">How much was given back or is on its way.</param>
/// <param name="RefundPending">How much of that is on its way.</param>
/// <param name="Disputed">How much the cardholder disputes.</param>
/// <param name="Lost">How much went back to the cardholder in disputes.</param>
public sealed record PaymentView(
    string OrderNumber,
    Money Amount,
    PaymentState State,
    bool IsChecking,
    bool IsGivenUp,
    FailureReason? Failure,
    CardSummary? Card,
    Money Captured,
    Money Refunded,
    Money RefundPending,
    Money Disputed,
    Money Lost)
{
    /// <summary>Whether the payment has come to its end, as far as its shopper is concerned.</summary>
    [JsonIgnore]
    public bool IsSettled => State is PaymentState.Paid or PaymentState.Authorized or PaymentState.Canceled;

    [JsonIgnore]
    public PaidReceipt Receipt => new(OrderNumber, Captured.MinorUnits > 0 ? Captured : Amount, Card)
    {
        Ordered = Amount,
        Refunded = Refunded,
        Disputed = Disputed,
        Lost = Lost,
    };

    public static PaymentView Of(Payment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return new PaymentView(
            payment.Order.Number,
            payment.Order.Amount,
            payment.State,
            payment is { OpenStep: not null, State: not (PaymentState.Paid or PaymentState.Canceled) },
            payment.IsGivenUp,
            payment.LastFailure?.Reason,
            payment.Card,
            payment.Captured,
            payment.Refunded,
            payment.RefundPending,
            payment.Disputed,
            payment.Lost);
    }
}

/// <summary>A committed change of a payment that a page shows.</summary>
/// <param name="Version">Of two changes, the later has the higher one.</param>
/// <param name="View">How the payment stands then.</param>
public sealed record PaymentChange(OrderId Order, int Version, PaymentView View)
{
    public static PaymentChange To(Payment payment)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return new PaymentChange(payment.Order.Id, payment.Version, PaymentView.Of(payment));
    }
}
