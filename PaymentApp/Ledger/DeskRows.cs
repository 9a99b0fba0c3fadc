using PaymentApp.Desk.Notices;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>Something that needs a person and that operators were, or are to be, told of by mail.</summary>
internal sealed class NoticeRow
{
    /// <summary>What it is about: see <see cref="Notice.Key"/>. One row, so one mail.</summary>
    public required string Key { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>The number of the order that it is about; null where it is about none.</summary>
    public string? OrderNumber { get; init; }

    public required string Text { get; init; }

    /// <summary>The mail that tells of it, and of others that were found with it.</summary>
    public required Guid MailId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime FoundAt { get; init; }

    /// <summary>When the mail was handed over, UTC; null before.</summary>
    public DateTime? SentAt { get; set; }
}

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
