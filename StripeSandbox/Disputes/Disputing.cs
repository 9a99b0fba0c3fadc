using StripeSandbox.Api;
using StripeSandbox.Balance;
using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Payments.Cards;

namespace StripeSandbox.Disputes;

/// <summary>The cards that are disputed as soon as they are charged (https://docs.stripe.com/testing#disputes).</summary>
internal static class Disputing
{
    public static void Open(UnitOfWork unit, Charge charge, TestCard card)
    {
        if (card.DisputeReason is not { } reason)
            return;
        var dispute = new Dispute
        {
            Id = Ids.New("dp_"),
            Created = unit.NowSeconds,
            Amount = charge.AmountCaptured,
            Currency = charge.Currency,
            Charge = charge.Id,
            PaymentIntent = charge.PaymentIntent,
            Reason = reason,
            IsInquiry = card.DisputeIsInquiry,
            Brand = card.Brand,
        };
        dispute = unit.Put(card.DisputeIsInquiry
            ? dispute
            : dispute with { BalanceTransaction = BalanceEntries.ForDispute(unit, dispute).Id });
        unit.Put(unit.Find<Charge>(charge.Id)! with { Dispute = dispute.Id });
        unit.Emit("charge.dispute.created", dispute);
        if (!dispute.IsInquiry)
            unit.Emit("charge.dispute.funds_withdrawn", dispute);
    }
}
