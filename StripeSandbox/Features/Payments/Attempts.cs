using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace StripeSandbox.Payments;

/// <summary>An intent after a confirm, with what went wrong if anything did.</summary>
internal sealed record Confirmed(Intent Intent, Failure? Failure);

/// <summary>How attempts end other than by a charge.</summary>
internal static class Attempts
{
    /// <summary>How long after a confirm the bank and the server have to finish (the guide's hour).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Ends the attempt: the intent asks for another PaymentMethod.</summary>
    public static Confirmed Fail(UnitOfWork unit, PaymentIntent intent, Failure failure, string? charge = null)
    {
        var failed = unit.Put(intent with
        {
            Status = IntentStatus.RequiresPaymentMethod,
            PaymentMethod = null,
            LastPaymentError = failure,
            LatestCharge = charge ?? intent.LatestCharge,
            Charges = charge is null ? intent.Charges : [charge, .. intent.Charges],
            Attempt = null,
        });
        unit.Emit("payment_intent.payment_failed", failed);
        return new Confirmed(failed, failure);
    }

    /// <summary>Closes the bank's question without an answer.</summary>
    public static void Supersede(UnitOfWork unit, Intent intent)
    {
        if (intent.Attempt is { } attempt && unit.Find<Challenge>(attempt.Source) is { State: ChallengeState.Pending } challenge)
            unit.Put(challenge with { State = ChallengeState.Superseded });
    }

    public static bool HasLapsed(Intent intent, long now) =>
        intent.Attempt is { } attempt && now >= attempt.ConfirmedAt + (long)Lifetime.TotalSeconds;

    /// <summary>Fails an attempt that nobody finished within the hour; an intent that has time left stays as it is.</summary>
    public static void Lapse(UnitOfWork unit, PaymentIntent intent)
    {
        if (!HasLapsed(intent, unit.NowSeconds))
            return;
        Supersede(unit, intent);
        Fail(unit, intent, new Failure
        {
            Type = "invalid_request_error",
            Code = "payment_intent_payment_attempt_expired",
            Message = "The latest payment attempt of this PaymentIntent has expired. Provide a new payment method to attempt payment again.",
            PaymentMethod = unit.Find<PaymentMethod>(intent.Attempt!.PaymentMethod),
        });
    }
}
