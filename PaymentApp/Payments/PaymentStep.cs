using System.Globalization;

namespace PaymentApp.Payments;

/// <summary>The requests that can move money.</summary>
public enum PaymentStepKind
{
    /// <summary>Create the order's intent and confirm it with the attempt's PaymentMethod.</summary>
    Create,

    /// <summary>Confirm the order's intent with the attempt's fresh PaymentMethod.</summary>
    Confirm,

    /// <summary>Confirm the intent again after the shopper authenticated.</summary>
    ConfirmAuthenticated,

    /// <summary>Take an authorized amount, or part of it; the rest is released.</summary>
    Capture,

    /// <summary>Cancel the intent and release what it holds.</summary>
    Cancel,

    /// <summary>Give money back.</summary>
    Refund,
}

/// <summary>How a step ended.</summary>
public enum PaymentStepResult
{
    /// <summary>The provider answered.</summary>
    Answered,

    /// <summary>The provider said no and the intent did not move.</summary>
    Rejected,

    /// <summary>It was certainly not carried out, or something else settled what it was for.</summary>
    NotExecuted,
}

/// <summary>
/// One request that can move money, written to the ledger before it is made (invariant 2). While it has no result, its
/// outcome is unknown and only the same request under the same key may follow: so it holds all that the request is
/// made of.
/// </summary>
/// <param name="Attempt">Which attempt of the order it belongs to, from 1.</param>
/// <param name="Sequence">Which request of the attempt it is, from 1.</param>
/// <param name="PaymentMethod">The attempt's PaymentMethod; null in an attempt that was not made here, as after a restored backup.</param>
/// <param name="Authentication">The integration that the attempt began under.</param>
/// <param name="Capture">When the attempt's money is to be taken.</param>
public sealed record PaymentStep(
    OrderId Order,
    int Attempt,
    int Sequence,
    PaymentStepKind Kind,
    PaymentMethodId? PaymentMethod,
    AuthenticationMode Authentication,
    CaptureMode Capture = CaptureMode.Automatic)
{
    /// <summary>How much a capture takes or a refund gives back; null for all of it.</summary>
    public Money? Amount { get; init; }

    /// <summary>Why a refund or a cancellation was asked for, in Stripe's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTime WrittenAt { get; init; }

    /// <summary>Whether it is part of an attempt to pay, and not of what comes after.</summary>
    public bool IsPaying => Kind is PaymentStepKind.Create or PaymentStepKind.Confirm or PaymentStepKind.ConfirmAuthenticated;

    /// <summary>When its request was about to be made last, UTC.</summary>
    public DateTime TriedAt { get; init; }

    /// <summary>When its request was about to be made the time before, UTC; null where it was made once.</summary>
    public DateTime? TriedBefore { get; init; }

    internal LedgerReading Reading { get; init; }

    /// <summary>Kept in the ledger, so that whoever repeats the step repeats the key.</summary>
    public string IdempotencyKey { get; init; } = NewKey(Order, Attempt, Sequence, writtenAt: null);

    /// <summary>
    /// Makes the key of a new step from order, attempt and step. In a ledger that was restored from a backup, a create
    /// thereby finds the intent that it made before. Every other step says when it was written, too: it must not find the
    /// answer to another step of that time.
    /// </summary>
    /// <param name="writtenAt">UTC; null for a create.</param>
    public static string NewKey(OrderId order, int attempt, int sequence, DateTime? writtenAt) => writtenAt is { } written
        ? string.Create(
            CultureInfo.InvariantCulture, $"order-{order}-attempt-{attempt}-step-{sequence}-{new DateTimeOffset(written, TimeSpan.Zero).ToUnixTimeMilliseconds()}")
        : $"order-{order}-attempt-{attempt}-step-{sequence}";
}
