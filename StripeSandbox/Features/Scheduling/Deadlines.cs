using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Refunds;
using StripeSandbox.Setups;
using StripeSandbox.Time;

namespace StripeSandbox.Scheduling;

/// <summary>Which objects time changes, when, and how. A deadline that no longer holds when it comes does nothing.</summary>
internal sealed class Deadlines : IDeadlines
{
    /// <inheritdoc/>
    public long? Of(StripeObject? value) => value switch
    {
        Intent { Attempt: { } attempt } => attempt.ConfirmedAt + (long)Attempts.Lifetime.TotalSeconds,
        PaymentIntent { Status: IntentStatus.RequiresCapture, CaptureBefore: { } captureBefore } => captureBefore,
        Charge { SettlesAt: { } settlesAt } => settlesAt,
        Refund { ResolvesAt: { } resolvesAt } => resolvesAt,
        Delivery { State: DeliveryState.Pending, RetryAt: { } retryAt } => retryAt,
        _ => null,
    };

    /// <inheritdoc/>
    public void Run(UnitOfWork unit, string id)
    {
        Claim(unit, id);
        var value = unit.Find<StripeObject>(id);
        if (Of(value) is not { } deadline || deadline > unit.NowSeconds)
            return;
        switch (value)
        {
            case SetupIntent intent:
                SetupAttempts.Lapse(unit, intent);
                break;
            case PaymentIntent { Attempt: not null } intent:
                Attempts.Lapse(unit, intent);
                break;
            case PaymentIntent intent:
                Cancellation.Cancel(unit, intent, "automatic");
                break;
            case Charge charge:
                Charging.Settle(unit, charge);
                break;
            case Refund refund:
                Refunding.Resolve(unit, refund);
                break;
            case Delivery delivery:
                unit.Put(delivery with { RetryAt = null });
                break;
        }
    }

    // An intent's lock covers its charges and refunds.
    private static void Claim(UnitOfWork unit, string id) =>
        unit.Claim<StripeObject>(unit.Find<StripeObject>(id) switch
        {
            Charge charge => charge.PaymentIntent,
            Refund refund => refund.PaymentIntent,
            _ => id,
        });
}
