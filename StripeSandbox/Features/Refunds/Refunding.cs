using StripeSandbox.Balance;
using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Disputes;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Money;
using StripeSandbox.Objects;

namespace StripeSandbox.Refunds;

/// <summary>Money back, and what becomes of it on the way (https://docs.stripe.com/refunds).</summary>
internal static class Refunding
{
    /// <summary>How long the bank takes over a refund that does not end at once.</summary>
    public static readonly TimeSpan BankTime = TimeSpan.FromMinutes(1);

    /// <exception cref="Refusal">There is nothing to refund, or less than that.</exception>
    public static Refund Refund(UnitOfWork unit, Charge charge, long? amount, string? reason, Metadata metadata)
    {
        RequireRefundable(unit, charge);
        var left = charge.Amount - charge.AmountRefunded;
        if (left == 0)
            throw StateErrors.IsRefunded(charge);
        if (amount > left)
            throw StateErrors.CannotRefundThatMuch(charge, amount.Value, left);

        if (amount is { } part)
            AmountRules.Part(part, charge.Currency, "amount");
        var behaviour = TestCards.Named(charge.PaymentMethod.Card).Refund;
        return Give(unit, charge, new Refund
        {
            Id = Ids.New("re_"),
            Created = unit.NowSeconds,
            Amount = amount ?? left,
            Currency = charge.Currency,
            Charge = charge.Id,
            PaymentIntent = charge.PaymentIntent,
            Status = behaviour == RefundBehaviour.PendingThenSucceeds ? RefundStatus.Pending : RefundStatus.Succeeded,
            Reason = reason,
            Metadata = metadata,
            ResolvesAt = behaviour == RefundBehaviour.Succeeds ? null : unit.NowSeconds + (long)BankTime.TotalSeconds,
        }, movesMoney: true);
    }

    /// <summary>Gives back what was authorized and will not be captured: money that never reached the balance.</summary>
    public static void Release(UnitOfWork unit, Charge charge, long amount, string? reason) => Give(unit, charge, new Refund
    {
        Id = Ids.New("re_"),
        Created = unit.NowSeconds,
        Amount = amount,
        Currency = charge.Currency,
        Charge = charge.Id,
        PaymentIntent = charge.PaymentIntent,
        Status = RefundStatus.Succeeded,
        Reason = reason,
    }, movesMoney: false);

    /// <summary>The bank's late answer: a pending refund succeeds, a succeeded one turns out to have failed.</summary>
    public static void Resolve(UnitOfWork unit, Refund refund)
    {
        if (refund.Status == RefundStatus.Pending)
        {
            Update(unit, refund, refund with { Status = RefundStatus.Succeeded, ResolvesAt = null });
            return;
        }

        var charge = unit.Find<Charge>(refund.Charge)!;
        unit.Put(charge with { AmountRefunded = charge.AmountRefunded - refund.Amount });
        var failed = Update(unit, refund, refund with
        {
            Status = RefundStatus.Failed,
            FailureReason = "expired_or_canceled_card",
            FailureBalanceTransaction = BalanceEntries.ForFailedRefund(unit, refund).Id,
            ResolvesAt = null,
        });
        unit.Emit("refund.failed", failed);
    }

    /// <summary>Changes the refund, and tells it under both names: the older one is what most webhook handlers listen for.</summary>
    public static Refund Update(UnitOfWork unit, Refund old, Refund updated)
    {
        unit.Put(updated);
        unit.Emit("refund.updated", updated, old);
        unit.Emit("charge.refund.updated", updated, old);
        return updated;
    }

    private static Refund Give(UnitOfWork unit, Charge charge, Refund refund, bool movesMoney)
    {
        refund = unit.Put(movesMoney ? refund with { BalanceTransaction = BalanceEntries.ForRefund(unit, refund).Id } : refund);
        var refunded = unit.Put(charge with
        {
            AmountRefunded = charge.AmountRefunded + refund.Amount,
            Refunds = [refund.Id, .. charge.Refunds],
        });
        unit.Emit("refund.created", refund);
        unit.Emit("charge.refunded", refunded, charge);
        return refund;
    }

    private static void RequireRefundable(UnitOfWork unit, Charge charge)
    {
        if (charge.Status != ChargeStatus.Succeeded || !charge.Captured)
            throw StateErrors.CannotRefund(charge);
        if (charge.Dispute is { } dispute && unit.Find<Dispute>(dispute) is { } disputed && Disputing.ForbidsRefund(disputed))
            throw StateErrors.IsDisputed(charge);
    }
}
