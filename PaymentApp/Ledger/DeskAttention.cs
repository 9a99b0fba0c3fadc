using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>Finds what needs a person. A note that an operator writes afterwards takes a dispute or a mismatch off the list.</summary>
internal sealed class DeskAttention(LedgerContext context, DateTime now, int most)
{
    /// <summary>How long banks hold an amount: https://docs.stripe.com/payments/place-a-hold-on-a-payment-method.</summary>
    private static readonly TimeSpan HoldLasts = TimeSpan.FromDays(7);

    private static readonly TimeSpan HoldIsNearItsEnd = TimeSpan.FromDays(2);

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
            line.Id, line.Number, line.Amount, line.MovedAt, line.CaptureBefore ?? line.MovedAt + HoldLasts, Detail: null))];
    }

    public async Task<IReadOnlyList<AttentionLine>> DisputesAsync(CancellationToken cancellationToken)
    {
        var lines = await (
            from payment in context.Payments
            join order in context.Orders on payment.OrderId equals order.Id
            where payment.DisputedMinorUnits > 0
            let due = context.Disputes.Where(dispute => dispute.OrderId == payment.OrderId).Min(dispute => dispute.EvidenceDueBy)
            let since = context.Timeline.Where(line => line.OrderId == payment.OrderId && line.Event == TimelineEvent.Disputed).Max(line => (DateTime?)line.At)
            where !context.OperatorActions.Any(action =>
                action.OrderId == payment.OrderId && action.Kind == OperatorActionKind.Note && action.At >= since)
            orderby payment.PlacedKey descending
            select new { order.Id, order.Number, order.Amount, Since = since ?? payment.MovedAt, Until = due })
            .Take(most).ToListAsync(cancellationToken);
        return [.. lines.Select(line => new AttentionLine(line.Id, line.Number, line.Amount, line.Since, line.Until, Detail: null))];
    }

    public async Task<IReadOnlyList<AttentionLine>> MismatchesAsync(CancellationToken cancellationToken)
    {
        var lines = await (
            from line in context.Timeline
            join order in context.Orders on line.OrderId equals order.Id
            where line.Event == TimelineEvent.IllegalNews
            where !context.OperatorActions.Any(action =>
                action.OrderId == line.OrderId && action.Kind == OperatorActionKind.Note && action.At >= line.At)
            orderby line.Id descending
            select new AttentionLine(order.Id, order.Number, order.Amount, line.At, null, line.Detail))
            .Take(most).ToListAsync(cancellationToken);
        return [.. lines.DistinctBy(line => line.Order)];
    }

    public async Task<IReadOnlyList<AttentionLine>> UnansweredAsync(CancellationToken cancellationToken)
    {
        var before = now - AnswerIsOverdue;
        return await (
            from step in context.Steps
            join order in context.Orders on step.OrderId equals order.Id
            where step.Result == null && step.WrittenAt <= before
            orderby step.WrittenAt
            select new AttentionLine(order.Id, order.Number, order.Amount, step.WrittenAt, null, step.Kind.ToString()))
            .Take(most).ToListAsync(cancellationToken);
    }
}
