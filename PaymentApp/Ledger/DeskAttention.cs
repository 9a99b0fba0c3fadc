using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;
using PaymentApp.Webhooks;

namespace PaymentApp.Ledger;

/// <summary>Finds what needs a person. A note that an operator writes afterwards takes a dispute or a mismatch off the list.</summary>
internal sealed class DeskAttention(LedgerContext context, DateTime now, int most)
{
    /// <summary>How long banks hold an amount: https://docs.stripe.com/payments/place-a-hold-on-a-payment-method.</summary>
    private static readonly TimeSpan HoldLasts = TimeSpan.FromDays(7);

    private static readonly TimeSpan HoldIsNearItsEnd = TimeSpan.FromDays(2);

    /// <summary>How long a cardholder can dispute a charge: https://docs.stripe.com/disputes/how-disputes-work.</summary>
    private static readonly TimeSpan DisputesComeWithin = TimeSpan.FromDays(120);

    /// <summary>The sweeper has asked several times by then.</summary>
    private static readonly TimeSpan AnswerIsOverdue = TimeSpan.FromMinutes(10);

    public async Task<IReadOnlyList<AttentionLine>> HoldsAsync(CancellationToken cancellationToken)
    {
        var since = now - HoldLasts + HoldIsNearItsEnd;
        var lines = await (
            from payment in context.Payments
            join order in context.Orders on payment.OrderId equals order.Id
            where payment.State == PaymentState.Authorized && payment.MovedAt <= since
            orderby payment.PlacedKey
            select new { order.Id, order.Number, order.Amount, payment.MovedAt, payment.CaptureBefore })
            .Take(most).ToListAsync(cancellationToken);
        return [.. lines.Select(line => new AttentionLine(
            $"hold {line.Number}", line.Id, line.Number, line.Amount, line.MovedAt, line.CaptureBefore ?? line.MovedAt + HoldLasts, Detail: null))];
    }

    public async Task<IReadOnlyList<AttentionLine>> DisputesAsync(CancellationToken cancellationToken)
    {
        var lines = await (
            from payment in context.Payments
            join order in context.Orders on payment.OrderId equals order.Id
            join dispute in context.Disputes on payment.OrderId equals dispute.OrderId
            where payment.DisputedMinorUnits > 0
            where dispute.Status == DisputeStatus.InquiryNeedsResponse || dispute.Status == DisputeStatus.InquiryUnderReview
                || dispute.Status == DisputeStatus.NeedsResponse || dispute.Status == DisputeStatus.UnderReview
            let since = context.Timeline.Where(line => line.OrderId == payment.OrderId && line.Event == TimelineEvent.Disputed).Max(line => (DateTime?)line.At)
            where !context.OperatorActions.Any(action =>
                action.OrderId == payment.OrderId && action.Kind == OperatorActionKind.Note && action.At >= since)
            orderby dispute.RecordedAt descending
            select new { order.Id, order.Number, payment.Currency, Dispute = dispute })
            .Take(most).ToListAsync(cancellationToken);
        return [.. lines.Select(line => new AttentionLine(
            $"dispute {line.Dispute.Id}",
            line.Id,
            line.Number,
            new Money(line.Dispute.MinorUnits, line.Currency),
            line.Dispute.OpenedAt ?? line.Dispute.RecordedAt,
            line.Dispute.EvidenceDueBy,
            $"{line.Dispute.Reason}{(line.Dispute.Status is DisputeStatus.UnderReview or DisputeStatus.InquiryUnderReview ? ", under review" : null)}"))];
    }

    /// <summary>The warnings that a refund can still answer.</summary>
    public async Task<IReadOnlyList<AttentionLine>> WarningsAsync(CancellationToken cancellationToken)
    {
        var since = now - DisputesComeWithin;
        return await (
            from warning in context.FraudWarnings
            join payment in context.Payments on warning.OrderId equals payment.OrderId
            join order in context.Orders on warning.OrderId equals order.Id
            where warning.IsActionable && warning.RecordedAt >= since && payment.RefundedMinorUnits < payment.CapturedMinorUnits
            where !context.OperatorActions.Any(action =>
                action.OrderId == warning.OrderId && action.Kind == OperatorActionKind.Note && action.At >= warning.RecordedAt)
            orderby warning.RecordedAt descending
            select new AttentionLine("warning " + warning.Id, order.Id, order.Number, order.Amount, warning.WarnedAt ?? warning.RecordedAt, null, warning.Type))
            .Take(most).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AttentionLine>> MismatchesAsync(CancellationToken cancellationToken)
    {
        var lines = await (
            from line in context.Timeline
            join order in context.Orders on line.OrderId equals order.Id
            where line.Event == TimelineEvent.IllegalNews
            let noted = context.OperatorActions.Where(action => action.OrderId == line.OrderId && action.Kind == OperatorActionKind.Note)
                .Max(action => (DateTime?)action.At)
            where noted == null || noted < line.At
            orderby line.Id descending
            select new { order.Id, order.Number, order.Amount, line.At, line.Detail, Noted = noted })
            .Take(most).ToListAsync(cancellationToken);
        return [.. lines.DistinctBy(line => line.Id).Select(line => new AttentionLine(
            $"mismatch {line.Number}{(line.Noted is { } noted ? $" {noted:O}" : null)}", line.Id, line.Number, line.Amount, line.At, Until: null, line.Detail))];
    }

    public async Task<IReadOnlyList<AttentionLine>> UnansweredAsync(CancellationToken cancellationToken)
    {
        var before = now - AnswerIsOverdue;
        return await (
            from step in context.Steps
            join order in context.Orders on step.OrderId equals order.Id
            where step.Result == null && step.WrittenAt <= before
            orderby step.WrittenAt
            select new AttentionLine("unanswered " + step.IdempotencyKey, order.Id, order.Number, order.Amount, step.WrittenAt, null, step.Kind.ToString()))
            .Take(most).ToListAsync(cancellationToken);
    }

    public async Task<EventIntake> EventsAsync(CancellationToken cancellationToken)
    {
        // One row a source: SQLite looks both up by key.
        var sources = new[] { EventSource.Webhook, EventSource.CatchUp };
        var rows = await context.EventSources.AsNoTracking().Where(row => sources.Contains(row.Source)).ToListAsync(cancellationToken);
        return new EventIntake(
            Of(EventSource.Webhook),
            Of(EventSource.CatchUp),
            rows.Exists(row => row.Source is EventSource.CatchUp && row.FailingSince <= now - EventIntake.NeedsPersonAfter));

        EventSourceState? Of(EventSource source) => rows.Find(row => row.Source == source) is { } row
            ? new EventSourceState(row.LastAt, row.LastCount, row.LastNewAt, row.FailingSince, row.Error)
            : null;
    }
}
