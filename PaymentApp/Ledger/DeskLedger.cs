using Microsoft.EntityFrameworkCore;
using PaymentApp.Desk.Queries;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IDeskLedger"/>
internal sealed class DeskLedger(IDbContextFactory<LedgerContext> contexts, IParkedWork work, TimeProvider clock) : IDeskLedger
{
    public async Task<ListedPayments> ListAsync(PaymentFilter filter, long? after, int most, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var older = Matching(context, filter);
        if (after is { } key)
            older = older.Where(payment => payment.PlacedKey < key);
        var lines = await ReadAsync(older, most + 1);
        if (lines.Count <= most)
            return new ListedPayments(lines, Next: null);

        var last = lines[most - 1].Key;
        if (lines[most].Key != last)
            return new ListedPayments(lines[..most], last);

        // Orders of one millisecond whose ids begin alike: seldom two, and never many.
        var alike = await ReadAsync(older.Where(payment => payment.PlacedKey == last), int.MaxValue);
        return new ListedPayments([.. lines.Where(line => line.Key > last), .. alike], last);

        Task<List<PaymentLine>> ReadAsync(IQueryable<PaymentRow> payments, int count) => (
            from payment in payments.OrderByDescending(payment => payment.PlacedKey).Take(count)
            join order in context.Orders on payment.OrderId equals order.Id
            orderby payment.PlacedKey descending
            select new PaymentLine(
                payment.PlacedKey,
                order.Id,
                order.Number,
                order.ProductName,
                order.Amount,
                new Money(payment.CapturedMinorUnits, payment.Currency),
                new Money(payment.RefundedMinorUnits, payment.Currency),
                payment.State,
                payment.IntentId,
                payment.LastFailureCode,
                payment.CardBrand != null && payment.CardLast4 != null ? new CardSummary(payment.CardBrand, payment.CardLast4) : null,
                payment.IsDisputed,
                order.PlacedAt)).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<PaymentTotal>> TotalAsync(PaymentFilter filter, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var sums = await Matching(context, filter).GroupBy(payment => payment.Currency).Select(payments => new
        {
            payments.Key,
            Payments = payments.Count(),
            Paid = payments.Count(payment => payment.State == PaymentState.Paid),
            Received = payments.Sum(payment => payment.CapturedMinorUnits),
            Refunded = payments.Sum(payment => payment.RefundedMinorUnits),
        }).ToListAsync(cancellationToken);
        return [.. sums.OrderBy(sum => sum.Key.Code, StringComparer.Ordinal).Select(sum =>
            new PaymentTotal(sum.Key, sum.Payments, sum.Paid, new Money(sum.Received, sum.Key), new Money(sum.Refunded, sum.Key)))];
    }

    public async Task<(OrderId Id, string Number)?> FindOrderAsync(string text, CancellationToken cancellationToken = default)
    {
        // No number holds one, and PostgreSQL takes no zero.
        if (text.Any(char.IsControl))
            return null;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var orders = context.Orders.AsNoTracking();
        if (OrderId.TryParse(text, out var id))
        {
            orders = orders.Where(order => order.Id == id);
        }
        else if (PaymentIntentId.TryParse(text, out var intent))
        {
            orders = from payment in context.Payments
                     join order in orders on payment.OrderId equals order.Id
                     where payment.IntentId == intent
                     select order;
        }
        else
        {
            var number = OrderNumber.Read(text);
            orders = orders.Where(order => order.Number == number);
        }

        return await orders.Select(order => new { order.Id, order.Number }).FirstOrDefaultAsync(cancellationToken) is { } found
            ? (found.Id, found.Number)
            : null;
    }

    public async Task<PaymentHistory?> HistoryAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var head = await (
            from payment in context.Payments
            join bought in context.Orders on payment.OrderId equals bought.Id
            where payment.OrderId == order
            select new { bought.ProductName, bought.PlacedAt, payment.Currency }).SingleOrDefaultAsync(cancellationToken);
        if (head is null)
            return null;

        var attempts = await context.Attempts.Where(row => row.OrderId == order).OrderBy(row => row.Number)
            .Select(row => new AttemptLine(
                row.Number, row.StartedAt, row.Authentication, row.FailureCode, row.DeclineCode, row.Challenge, row.ChallengeAskedAt, row.ChallengeSeconds))
            .ToListAsync(cancellationToken);
        var refunds = await context.Refunds.Where(row => row.OrderId == order && !row.IsRelease).OrderBy(row => row.RecordedAt)
            .Select(row => new RefundLine(row.Id, new Money(row.MinorUnits, head.Currency), row.Status, row.FailureCode, row.RecordedAt))
            .ToListAsync(cancellationToken);
        var disputes = await context.Disputes.Where(row => row.OrderId == order).OrderBy(row => row.RecordedAt)
            .Select(row => new DisputeLine(
                row.Id, new Money(row.MinorUnits, head.Currency), row.Status, row.Reason, row.OpenedAt ?? row.RecordedAt, row.EvidenceDueBy, row.EndedAt))
            .ToListAsync(cancellationToken);
        var warnings = await context.FraudWarnings.Where(row => row.OrderId == order).OrderBy(row => row.RecordedAt)
            .Select(row => new FraudWarningLine(row.Id, row.Type, row.IsActionable, row.WarnedAt ?? row.RecordedAt))
            .ToListAsync(cancellationToken);
        var actions = await context.OperatorActions.AsNoTracking().Where(row => row.OrderId == order).OrderBy(row => row.At).ToListAsync(cancellationToken);
        return new PaymentHistory(
            head.ProductName, head.PlacedAt, attempts, refunds, disputes, warnings, [.. actions.Select(row => DeskActions.Of(row, head.Currency))]);
    }

    public async Task<AttemptCounts> CountAttemptsAsync(DayRange days, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await DeskCounts.OfAsync(context, days, cancellationToken);
    }

    public async Task<AttentionList> AttentionAsync(int most, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var attention = new DeskAttention(context, clock.GetLedgerTime(), most);
        return new AttentionList(
            await work.ParkedAsync(most, cancellationToken),
            await attention.HoldsAsync(cancellationToken),
            await attention.DisputesAsync(cancellationToken),
            await attention.WarningsAsync(cancellationToken),
            await attention.MismatchesAsync(cancellationToken),
            await attention.UnansweredAsync(cancellationToken),
            await work.OldestWaitingAsync(cancellationToken),
            await attention.EventsAsync(cancellationToken));
    }

    private static IQueryable<PaymentRow> Matching(LedgerContext context, PaymentFilter filter)
    {
        var (first, end) = (filter.Days.FirstKey, filter.Days.EndKey);
        var payments = context.Payments.AsNoTracking().Where(payment => payment.PlacedKey >= first && payment.PlacedKey < end);
        if (filter.State is { } state)
            payments = payments.Where(payment => payment.State == state);
        if (filter.FailureCode is { } code)
            payments = payments.Where(payment => payment.LastFailureCode == code);
        if (filter.Currency is { } currency)
            payments = payments.Where(payment => payment.Currency == currency);
        if (filter.Last4 is { } last4)
            payments = payments.Where(payment => payment.CardLast4 == last4);
        if (filter.Email?.Address.Key is { } email)
            payments = payments.Where(payment => payment.EmailKey == email);
        return payments;
    }
}
