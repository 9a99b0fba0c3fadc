using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>One try to pay an order with one PaymentMethod.</summary>
internal sealed class AttemptRow
{
    public required OrderId OrderId { get; init; }

    public required int Number { get; init; }

    public required string PaymentMethodId { get; init; }

    public required AuthenticationMode Authentication { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }

    public FailureReason? FailureReason { get; set; }

    public string? FailureCode { get; set; }

    public string? DeclineCode { get; set; }

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

    /// <summary>UTC.</summary>
    public required DateTime WrittenAt { get; init; }

    /// <summary>How often its request was about to be made. More than one may be on its way.</summary>
    public int Tries { get; set; } = 1;

    /// <summary>UTC.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Null while nobody knows what became of it.</summary>
    public PaymentStepResult? Result { get; set; }
}

/// <summary>That an order's goods were released. Its key is the order, so there can be one (invariant 6).</summary>
internal sealed class FulfilmentRow
{
    public required OrderId OrderId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ReleasedAt { get; init; }
}
