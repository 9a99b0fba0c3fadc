using StripeSandbox.Books;
using StripeSandbox.Errors;
using StripeSandbox.Objects;
using StripeSandbox.Refunds;

namespace StripeSandbox.Payments;

/// <summary>https://docs.stripe.com/api/payment_intents/cancel</summary>
internal static class Cancellation
{
    /// <exception cref="Refusal">The intent has succeeded or is canceled already.</exception>
    public static PaymentIntent Cancel(UnitOfWork unit, PaymentIntent intent, string? reason)
    {
        if (intent.Status is IntentStatus.Succeeded or IntentStatus.Canceled or IntentStatus.Processing)
            throw StateErrors.CannotCancel(intent);

        Attempts.Supersede(unit, intent);
        if (intent.Status == IntentStatus.RequiresCapture)
        {
            var charge = unit.Find<Charge>(intent.LatestCharge!)!;
            var hasExpired = reason == "automatic";
            Refunding.Release(unit, charge, charge.Amount, hasExpired ? "expired_uncaptured_charge" : null);
            if (hasExpired)
                unit.Emit("charge.expired", unit.Find<Charge>(charge.Id)!);
        }

        var canceled = unit.Put(intent with
        {
            Status = IntentStatus.Canceled,
            CanceledAt = unit.NowSeconds,
            CancellationReason = reason,
            AmountCapturable = 0,
            CaptureBefore = null,
            Attempt = null,
        });
        unit.Emit("payment_intent.canceled", canceled);
        return canceled;
    }
}
