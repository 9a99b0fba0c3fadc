using System.Text.Json.Serialization;
using PaymentApp.Payments;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace PaymentApp.Checkout;

/// <summary>
/// A <see cref="PaymentChange"/> as it travels within a page, whose shopper pays for every byte of it twice: what nothing
/// is to be said of is left out, and amounts are minor units of the one currency.
/// </summary>
internal sealed record KnownPayment(string Number, long Amount, Currency Currency)
{
    [JsonIgnore(Condition = WhenWritingDefault)]
    public int Version { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public PaymentState State { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool IsChecking { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool IsGivenUp { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public FailureReason? Failure { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public CardSummary? Card { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public long Captured { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public long Refunded { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public long RefundPending { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public long Disputed { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public long Lost { get; init; }

    public static KnownPayment Of(PaymentChange change)
    {
        var view = change.View;
        return new KnownPayment(view.OrderNumber, view.Amount.MinorUnits, view.Amount.Currency)
        {
            Version = change.Version,
            State = view.State,
            IsChecking = view.IsChecking,
            IsGivenUp = view.IsGivenUp,
            Failure = view.Failure,
            Card = view.Card,
            Captured = view.Captured.MinorUnits,
            Refunded = view.Refunded.MinorUnits,
            RefundPending = view.RefundPending.MinorUnits,
            Disputed = view.Disputed.MinorUnits,
            Lost = view.Lost.MinorUnits,
        };
    }

    /// <summary>The change that this was made of.</summary>
    /// <param name="order">The order that it was of.</param>
    public PaymentChange ChangeOf(OrderId order) => new(
        order,
        Version,
        new PaymentView(
            Number,
            In(Amount),
            State,
            IsChecking,
            IsGivenUp,
            Failure,
            Card,
            In(Captured),
            In(Refunded),
            In(RefundPending),
            In(Disputed),
            In(Lost)));

    private Money In(long minorUnits) => new(minorUnits, Currency);
}
