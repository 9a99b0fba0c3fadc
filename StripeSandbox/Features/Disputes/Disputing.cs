using StripeSandbox.Balance;
using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Objects;

namespace StripeSandbox.Disputes;

/// <summary>
/// The cards that are disputed as soon as they are charged (https://docs.stripe.com/testing#disputes), and how disputes end.
/// An intent's lock covers the disputes of its charges.
/// </summary>
internal static class Disputing
{
    public static void Open(UnitOfWork unit, Charge charge, TestCard card)
    {
        if (card.WarnsOfFraud)
            Warn(unit, charge);
        if (card.DisputeReason is not { } reason)
            return;
        for (var part = 0; part < card.Disputes; part++)
        {
            var amount = charge.AmountCaptured / card.Disputes;
            Open(unit, charge, card, reason, part == 0 ? charge.AmountCaptured - amount * (card.Disputes - 1) : amount);
        }
    }

    /// <summary>Gives the dispute its end: a chargeback that is won brings the money and the fee back.</summary>
    public static Dispute Settle(UnitOfWork unit, Dispute dispute, bool isWon)
    {
        var settled = dispute with { State = isWon ? DisputeState.Won : DisputeState.Lost };
        var returnsMoney = isWon && !dispute.IsInquiry;
        if (returnsMoney)
            settled = settled with { Reinstatement = BalanceEntries.ForWonDispute(unit, settled).Id };
        unit.Put(settled);
        if (returnsMoney)
            unit.Emit("charge.dispute.funds_reinstated", settled);
        unit.Emit("charge.dispute.closed", settled, dispute);
        return settled;
    }

    /// <summary>What the evidence that was submitted leads to in test mode.</summary>
    public static Dispute Judge(UnitOfWork unit, Dispute dispute) =>
        dispute.Evidence.Entries.FirstOrDefault(entry => entry.Key == DisputeEvidence.Verdict).Value switch
        {
            DisputeEvidence.Winning => Settle(unit, dispute, isWon: true),
            DisputeEvidence.Losing => Settle(unit, dispute, isWon: false),
            DisputeEvidence.Escalating when dispute.IsInquiry => Escalate(unit, dispute),
            _ => dispute,
        };

    /// <summary>Whether a refund would give the money back a second time.</summary>
    public static bool ForbidsRefund(Dispute dispute) => !dispute.IsInquiry && dispute.State != DisputeState.Won;

    private static void Open(UnitOfWork unit, Charge charge, TestCard card, string reason, long amount)
    {
        var dispute = new Dispute
        {
            Id = Ids.New("dp_"),
            Created = unit.NowSeconds,
            Amount = amount,
            Currency = charge.Currency,
            Charge = charge.Id,
            PaymentIntent = charge.PaymentIntent,
            Reason = reason,
            IsInquiry = card.DisputeIsInquiry,
            Brand = card.Brand,
            Eligibility = card.DisputeEligibility,
        };
        unit.Put(unit.Find<Charge>(charge.Id)! with { Dispute = dispute.Id });
        if (!dispute.IsInquiry)
            dispute = dispute with { BalanceTransaction = BalanceEntries.ForDispute(unit, dispute).Id };
        unit.Put(dispute);
        unit.Emit("charge.dispute.created", dispute);
        if (!dispute.IsInquiry)
            unit.Emit("charge.dispute.funds_withdrawn", dispute);
    }

    // The card holder was not content with the answer to the inquiry.
    private static Dispute Escalate(UnitOfWork unit, Dispute inquiry)
    {
        var dispute = inquiry with { IsInquiry = false, State = DisputeState.Open };
        dispute = unit.Put(dispute with { BalanceTransaction = BalanceEntries.ForDispute(unit, dispute).Id });
        unit.Emit("charge.dispute.updated", dispute, inquiry);
        unit.Emit("charge.dispute.funds_withdrawn", dispute);
        return dispute;
    }

    private static void Warn(UnitOfWork unit, Charge charge)
    {
        var warning = unit.Put(new EarlyFraudWarning
        {
            Id = Ids.New("issfr_"),
            Created = unit.NowSeconds,
            Charge = charge.Id,
            PaymentIntent = charge.PaymentIntent,
        });
        unit.Emit("radar.early_fraud_warning.created", warning);
    }
}
