using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace StripeSandbox.Balance;

/// <summary>What moves money in and out of the merchant's balance (https://docs.stripe.com/reports/balance-transaction-types).</summary>
internal static class BalanceEntries
{
    private static readonly TimeSpan PayoutDelay = TimeSpan.FromDays(2);

    public static BalanceTransaction ForCharge(UnitOfWork unit, Charge charge) =>
        Add(unit, charge.AmountCaptured, Fee(charge.AmountCaptured), charge.Currency, "charge", charge.Id, charge.Description,
            charge.PaymentMethod.Card is "bypass_pending" or "bypass_pending_international" ? TimeSpan.Zero : PayoutDelay);

    public static BalanceTransaction ForRefund(UnitOfWork unit, Refund refund) =>
        Add(unit, -refund.Amount, 0, refund.Currency, "refund", refund.Id, $"REFUND FOR CHARGE ({refund.Charge})", TimeSpan.Zero);

    public static BalanceTransaction ForFailedRefund(UnitOfWork unit, Refund refund) =>
        Add(unit, refund.Amount, 0, refund.Currency, "refund_failure", refund.Id, $"REFUND FAILURE FOR CHARGE ({refund.Charge})", TimeSpan.Zero);

    /// <summary>What a dispute costs beside its amount, in the smallest unit.</summary>
    private const long DisputeFee = 1500;

    public static BalanceTransaction ForWonDispute(UnitOfWork unit, Dispute dispute) =>
        Add(unit, dispute.Amount, -DisputeFee, dispute.Currency, "adjustment", dispute.Id, $"Chargeback reversal for {dispute.Charge}", TimeSpan.Zero);

    public static BalanceTransaction ForDispute(UnitOfWork unit, Dispute dispute) =>
        Add(unit, -dispute.Amount, DisputeFee, dispute.Currency, "adjustment", dispute.Id, $"Chargeback withdrawal for {dispute.Charge}", TimeSpan.Zero);

    // 2.9 % and 30 of the smallest unit, as a test account in the United States pays.
    private static long Fee(long amount) => (amount * 29 + 500) / 1000 + 30;

    private static BalanceTransaction Add(
        UnitOfWork unit, long amount, long fee, string currency, string type, string source, string? description, TimeSpan delay) =>
        unit.Put(new BalanceTransaction
        {
            Id = Ids.New("txn_"),
            Created = unit.NowSeconds,
            Amount = amount,
            Fee = fee,
            Currency = currency,
            Type = type,
            Source = source,
            Description = description,
            AvailableOn = unit.NowSeconds + (long)delay.TotalSeconds,
        });
}
