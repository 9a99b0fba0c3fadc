using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IOperatorActionLog"/>
internal sealed class DeskActions(
    IDbContextFactory<LedgerContext> contexts, IPaymentLedger ledger, OrderChanges changes, TimeProvider clock) : IOperatorActionLog
{
    private const int LongestDetail = 400;

    public async Task<bool> TryBeginAsync(OperatorAction action, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.OperatorActions.Add(new OperatorActionRow
        {
            Id = action.Id,
            OrderId = action.Order,
            Operator = action.Operator,
            Kind = action.Kind,
            MinorUnits = action.Amount?.MinorUnits,
            Text = action.Text,
            At = action.At,
            Result = action.Result,
            Detail = action.Detail,
            EndedAt = action.EndedAt,
        });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException known) when (LedgerDatabase.IsUniqueViolation(known))
        {
            return false;
        }

        await TellAsync(action.Order, cancellationToken);
        return true;
    }

    public async Task EndAsync(Guid id, OperatorActionResult result, string? detail, CancellationToken cancellationToken = default)
    {
        var now = clock.GetLedgerTime();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.OperatorActions.SingleAsync(action => action.Id == id, cancellationToken);
        (row.Result, row.EndedAt, row.Detail) = (result, now, detail?[..Math.Min(detail.Length, LongestDetail)]);
        await context.SaveChangesAsync(cancellationToken);
        await TellAsync(row.OrderId, cancellationToken);
    }

    /// <summary>Tells the pages of the desk: what was done stands in the timeline, whether or not it moved the payment.</summary>
    private async Task TellAsync(OrderId order, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(order, cancellationToken) is { } payment)
            changes.Publish(PaymentChange.To(payment), isDetail: true);
    }

    public static OperatorAction Of(OperatorActionRow row, Currency currency) => new(
        row.Id,
        row.OrderId,
        row.Operator,
        row.Kind,
        row.MinorUnits is { } minorUnits ? new Money(minorUnits, currency) : null,
        row.Text,
        row.At,
        row.Result,
        row.Detail,
        row.EndedAt);
}
