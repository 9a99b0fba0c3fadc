using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Payments;

namespace StripeSandbox.Time;

/// <summary>Which objects time changes, when, and how. A deadline that no longer holds when it comes does nothing.</summary>
internal static class Deadlines
{
    /// <summary>Unix seconds of the next thing that happens to the object by itself; null when nothing does.</summary>
    public static long? Of(StripeObject value) => value switch
    {
        PaymentIntent { Attempt: { } attempt } => attempt.ConfirmedAt + (long)Attempts.Lifetime.TotalSeconds,
        PaymentIntent { Status: IntentStatus.RequiresCapture, CaptureBefore: { } captureBefore } => captureBefore,
        _ => null,
    };

    public static void Run(UnitOfWork unit, string id)
    {
        switch (unit.Claim<StripeObject>(id))
        {
            case PaymentIntent intent when Of(intent) <= unit.NowSeconds:
                if (intent.Attempt is null)
                    Cancellation.Cancel(unit, intent, "automatic");
                else
                    Attempts.Lapse(unit, intent);
                break;
        }
    }
}
