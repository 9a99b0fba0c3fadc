using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PaymentApp.Desk.Queries;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>
/// Keeps the columns that the desk lists, filters and counts by. They repeat what stands elsewhere, so that each of its
/// questions is a range of one index; they are written in the transaction that changes what they repeat.
/// </summary>
internal static class DeskColumns
{
    private const string Expired = "payment_intent_payment_attempt_expired";

    public static void Fill(ChangeTracker tracker)
    {
        var attempts = tracker.Entries<AttemptRow>().ToList();
        foreach (var attempt in attempts.Where(attempt => attempt.State is EntityState.Added))
            attempt.Entity.Day = (int)(attempt.Entity.StartedAt - DateTime.UnixEpoch).TotalDays;

        foreach (var attempt in attempts.Where(attempt => attempt.Entity is { GivenUpAt: not null, Challenge: ChallengeResult.Open }))
            End(attempt.Entity, ChallengeResult.Abandoned, attempt.Entity.GivenUpAt!.Value);

        foreach (var payment in tracker.Entries<PaymentRow>().ToList())
        {
            if (tracker.Entries<Order>().FirstOrDefault(order => order.Entity.Id == payment.Entity.OrderId)?.Entity is { } order)
            {
                if (payment.State is EntityState.Added)
                    Place(payment.Entity, order);
                payment.Entity.EmailKey = order.Email?.Key;
            }

            var latest = attempts.Where(attempt => attempt.Entity.OrderId == payment.Entity.OrderId).MaxBy(attempt => attempt.Entity.Number)?.Entity;
            if (latest is null)
                continue;
            payment.Entity.LastFailureCode = FailureCodes.Of(latest.FailureCode, latest.DeclineCode);
            NoteChallenge(latest, payment.Property(row => row.State), payment.Entity.MovedAt);
        }
    }

    private static void Place(PaymentRow payment, Order order)
    {
        payment.PlacedKey = PlacedKey.Of(order.PlacedAt, order.Id);
        payment.Currency = order.Amount.Currency;
        payment.AmountMinorUnits = order.Amount.MinorUnits;
    }

    private static void NoteChallenge(AttemptRow attempt, PropertyEntry<PaymentRow, PaymentState> state, DateTime now)
    {
        if (state.CurrentValue == state.OriginalValue)
            return;
        if (state.CurrentValue is PaymentState.AwaitingAuthentication)
        {
            // A bank may ask more than once in one attempt: the time with it begins with the first.
            attempt.ChallengeAskedAt ??= now;
            attempt.Challenge = ChallengeResult.Open;
        }
        else if (attempt.Challenge is ChallengeResult.Open)
        {
            var result = state.CurrentValue switch
            {
                PaymentState.AwaitingPayment when attempt.FailureCode == Expired => ChallengeResult.Expired,
                PaymentState.AwaitingPayment => ChallengeResult.Failed,
                PaymentState.Canceled => ChallengeResult.Abandoned,
                _ => ChallengeResult.Completed,
            };
            End(attempt, result, now);
        }
    }

    private static void End(AttemptRow attempt, ChallengeResult result, DateTime now)
    {
        attempt.Challenge = result;
        attempt.ChallengeSeconds = (int)Math.Min(int.MaxValue, (now - (attempt.ChallengeAskedAt ?? now)).TotalSeconds);
    }
}
