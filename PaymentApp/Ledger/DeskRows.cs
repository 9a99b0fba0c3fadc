using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>What an operator did to a payment. Its key is made with the form, so a form that is sent twice acts once.</summary>
internal sealed class OperatorActionRow
{
    public required Guid Id { get; init; }

    public required OrderId OrderId { get; init; }

    /// <summary>The name that the operator signed in with.</summary>
    public required string Operator { get; init; }

    public required OperatorActionKind Kind { get; init; }

    /// <summary>How much was asked for, in the order's minor units.</summary>
    public long? MinorUnits { get; init; }

    /// <summary>The reason, or the note.</summary>
    public string? Text { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Null until it has ended.</summary>
    public OperatorActionResult? Result { get; set; }

    public string? Detail { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? EndedAt { get; set; }
}
