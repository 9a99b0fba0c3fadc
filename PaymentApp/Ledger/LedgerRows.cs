using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>How the payment of an order stands. An order has one, from the moment that it is placed.</summary>
internal sealed class PaymentRow
{
    public required OrderId OrderId { get; init; }

    public PaymentState State { get; set; }

    /// <summary>The one PaymentIntent of the order, once there is one (invariant 1).</summary>
    public PaymentIntentId? IntentId { get; set; }

    /// <summary>The card that paid, such as <c>visa</c>.</summary>
    public string? CardBrand { get; set; }

    public string? CardLast4 { get; set; }

    /// <summary>The charge that the bank approved, Stripe's id.</summary>
    public string? ChargeId { get; set; }

    /// <summary>When the bank's hold ends, UTC; null where nothing is held.</summary>
    public DateTime? CaptureBefore { get; set; }

    /// <summary>When the money was taken, UTC, by Stripe's clock.</summary>
    public DateTime? PaidAt { get; set; }

    /// <summary>When the payment last moved, UTC.</summary>
    public required DateTime MovedAt { get; set; }

    /// <summary>How much the bank approved, in the order's minor units, as all figures are.</summary>
    public long AuthorizedMinorUnits { get; set; }

    /// <summary>How much was taken; less than the order's amount after a partial capture.</summary>
    public long CapturedMinorUnits { get; set; }

    /// <summary>How much was given back or is on its way.</summary>
    public long RefundedMinorUnits { get; set; }

    /// <summary>How much of what was given back is on its way.</summary>
    public long RefundPendingMinorUnits { get; set; }

    /// <summary>How much is disputed and not decided.</summary>
    public long DisputedMinorUnits { get; set; }

    /// <summary>How much went back in disputes that were lost.</summary>
    public long LostMinorUnits { get; set; }

    /// <summary>How much of what the bank approved is free again.</summary>
    public long ReleasedMinorUnits { get; set; }

    /// <summary>Whether the cardholder ever disputed the charge.</summary>
    public bool IsDisputed { get; set; }

    /// <summary>Orders payments by the time at which they were placed; copied from the order, see <see cref="DeskColumns"/>.</summary>
    public long PlacedKey { get; set; }

    /// <summary>The order's currency, copied for the desk's filters and sums.</summary>
    public Currency Currency { get; set; } = Currency.Usd;

    /// <summary>The order's amount, copied for the desk's sums.</summary>
    public long AmountMinorUnits { get; set; }

    /// <summary>Why the latest attempt failed, in the one code that says most; null where it did not.</summary>
    public string? LastFailureCode { get; set; }

    /// <summary>The <see cref="EmailAddress.Key"/> of the order's e-mail address, copied for the desk's search; null without one.</summary>
    public string? EmailKey { get; set; }

    /// <summary>Counts changes: who writes over a version that is no longer current loses and reads again.</summary>
    public int Version { get; set; }
}

/// <summary>One try to pay an order with one PaymentMethod.</summary>
internal sealed class AttemptRow
{
    public required OrderId OrderId { get; init; }

    public required int Number { get; init; }

    /// <summary>Null where the attempt was not made here, as after a restored backup.</summary>
    public required PaymentMethodId? PaymentMethodId { get; init; }

    public required AuthenticationMode Authentication { get; init; }

    public required CaptureMode Capture { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>When its shopper gave its authentication up to use another card, UTC; null otherwise.</summary>
    public DateTime? GivenUpAt { get; set; }

    public FailureReason? FailureReason { get; set; }

    public string? FailureCode { get; set; }

    public string? DeclineCode { get; set; }

    /// <summary>The country of the card's bank, ISO 3166-1 alpha-2, where Stripe has said it.</summary>
    public string? CardCountry { get; set; }

    /// <summary>The day on which it started, in days since 1970, UTC.</summary>
    public int Day { get; set; }

    /// <summary>When the bank first asked the shopper to authenticate, UTC; null where it did not.</summary>
    public DateTime? ChallengeAskedAt { get; set; }

    /// <summary>How the bank's challenge ended; null where there was none.</summary>
    public ChallengeResult? Challenge { get; set; }

    /// <summary>How long the shopper was with the bank, once that has ended.</summary>
    public int? ChallengeSeconds { get; set; }

    public List<StepRow> Steps { get; } = [];
}

/// <summary>One request that can move money, written before it is made.</summary>
internal sealed class StepRow
{
    public required OrderId OrderId { get; init; }

    public required int AttemptNumber { get; init; }

    public required int Sequence { get; init; }

    public required PaymentStepKind Kind { get; init; }

    public required string IdempotencyKey { get; init; }

    /// <summary>How much a capture takes or a refund gives back, in the order's minor units.</summary>
    public long? MinorUnits { get; init; }

    public string? Reason { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime WrittenAt { get; init; }

    /// <summary>How often its request was about to be made. More than one may be on its way.</summary>
    public int Tries { get; set; } = 1;

    /// <summary>When its request was about to be made last, UTC; null in a step of an older version.</summary>
    public DateTime? TriedAt { get; set; }

    /// <summary>When it was about to be made the time before, UTC; null where it was made once.</summary>
    public DateTime? TriedBefore { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Null while nobody knows what became of it.</summary>
    public PaymentStepResult? Result { get; set; }
}

/// <summary>That an order is to be fulfilled, and that it was. Its key is the order, so there can be one (invariant 6).</summary>
internal sealed class FulfilmentRow
{
    public required OrderId OrderId { get; init; }

    /// <summary>When the order was paid and its goods released, UTC.</summary>
    public required DateTime ReleasedAt { get; init; }

    /// <summary>When the shop's handler succeeded, UTC; null before.</summary>
    public DateTime? FulfilledAt { get; set; }
}

/// <summary>Money given back, by this shop or by somebody in Stripe's dashboard, or released as Stripe lists it.</summary>
internal sealed class RefundRow
{
    /// <summary>Stripe's id.</summary>
    public required string Id { get; init; }

    public required OrderId OrderId { get; init; }

    public required long MinorUnits { get; init; }

    public required RefundStatus Status { get; set; }

    public string? FailureCode { get; set; }

    /// <summary>Whether it gives back what was held and never taken.</summary>
    public bool IsRelease { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime RecordedAt { get; init; }
}

/// <summary>A cardholder's dispute of the charge.</summary>
internal sealed class DisputeRow
{
    /// <summary>Stripe's id.</summary>
    public required string Id { get; init; }

    public required OrderId OrderId { get; init; }

    public required long MinorUnits { get; set; }

    public required DisputeStatus Status { get; set; }

    /// <summary>The cardholder's reason, in Stripe's words.</summary>
    public required string Reason { get; set; }

    /// <summary>Until when the shop can answer, UTC.</summary>
    public DateTime? EvidenceDueBy { get; set; }

    /// <summary>When the cardholder opened it, UTC, by Stripe's clock; null where it was read before that was kept.</summary>
    public DateTime? OpenedAt { get; set; }

    /// <summary>When the shop learned that it had ended, UTC; null while it is open.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime RecordedAt { get; init; }
}

/// <summary>An issuer's suspicion that a charge was fraud.</summary>
internal sealed class FraudWarningRow
{
    /// <summary>Stripe's id.</summary>
    public required string Id { get; init; }

    public required OrderId OrderId { get; init; }

    /// <summary>The kind of fraud, in Stripe's words.</summary>
    public required string Type { get; init; }

    /// <summary>Whether a refund could still avert a dispute.</summary>
    public bool IsActionable { get; set; }

    /// <summary>When the issuer gave it, UTC, by Stripe's clock; null where it was read before that was kept.</summary>
    public DateTime? WarnedAt { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime RecordedAt { get; init; }
}

/// <summary>One line of what happened to an order. Rows are added and never changed.</summary>
internal sealed class TimelineRow
{
    public long Id { get; init; }

    public required OrderId OrderId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    public required PaymentActor Actor { get; init; }

    public required TimelineEvent Event { get; init; }

    /// <summary>The state that the order came to.</summary>
    public PaymentState? State { get; init; }

    /// <summary>Codes and amounts for the operator; no secret and no card.</summary>
    public string? Detail { get; init; }
}

/// <summary>An event of Stripe's that was received or fetched. Its work item says how far it has come.</summary>
internal sealed class InboxRow
{
    /// <summary>Stripe's id; unique, so an event that comes twice is kept once.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }

    /// <summary>The object that the event is about, empty if it has no id. It is read again from Stripe, not from the event.</summary>
    public required string ObjectId { get; init; }

    /// <summary>The PaymentIntent that the object belongs to, where the event says so.</summary>
    public PaymentIntentId? IntentId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ReceivedAt { get; init; }
}
