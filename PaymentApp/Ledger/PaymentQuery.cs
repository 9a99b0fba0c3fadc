using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Work;
using Query = System.Func<PaymentApp.Ledger.LedgerContext, PaymentApp.Payments.OrderId, string, System.Collections.Generic.IAsyncEnumerable<PaymentApp.Ledger.PaymentQuery.Row>>;
using VersionQuery = System.Func<PaymentApp.Ledger.LedgerContext, PaymentApp.Payments.OrderId, System.Threading.CancellationToken, System.Threading.Tasks.Task<int?>>;

namespace PaymentApp.Ledger;

/// <summary>Reads the rows of one payment. Compiled once for each model: every step of every payment begins with it.</summary>
internal static class PaymentQuery
{
    // A compiled query belongs to the model that it was first run with, and each database has its own.
    private static readonly ConditionalWeakTable<IModel, Query> Compiled = [];

    private static readonly ConditionalWeakTable<IModel, VersionQuery> CompiledForVersion = [];

    /// <summary>The rows of one moment, tracked; null where there is no such order.</summary>
    public static async Task<PaymentRows?> ReadAsync(LedgerContext context, OrderId id, CancellationToken cancellationToken)
    {
        var query = Compiled.GetValue(context.Model, _ => Compile());
        var rows = await query(context, id, id.Value).ToListAsync(cancellationToken);
        if (rows.Count == 0)
            return null;

        // The context has put the steps below their attempts.
        var attempts = rows.Select(row => row.Attempt).OfType<AttemptRow>().Distinct().ToList();
        var refunds = rows.Select(row => row.Refund).OfType<RefundRow>().Distinct().ToList();
        return new PaymentRows(rows[0].Order, rows[0].Payment, attempts, refunds, rows[0].Look);
    }

    /// <summary>The version of a payment, with which each circuit of an open page begins; null where there is no such order.</summary>
    public static Task<int?> ReadVersionAsync(LedgerContext context, OrderId id, CancellationToken cancellationToken) =>
        CompiledForVersion.GetValue(context.Model, _ => CompileForVersion())(context, id, cancellationToken);

    private static VersionQuery CompileForVersion() => EF.CompileAsyncQuery((LedgerContext context, OrderId id, CancellationToken _) =>
        context.Payments.Where(payment => payment.OrderId == id).Select(payment => (int?)payment.Version).SingleOrDefault());

    // One statement, so that all rows are of one moment. Plain joins, so that it goes by key in every table: a collection
    // within a collection becomes a joined subquery, which SQLite puts together for the whole shop.
    private static Query Compile() => EF.CompileAsyncQuery((LedgerContext context, OrderId id, string subject) =>
        from payment in context.Payments
        join order in context.Orders on payment.OrderId equals order.Id
        from attempt in context.Attempts.Where(attempt => attempt.OrderId == payment.OrderId).DefaultIfEmpty()
        from step in context.Steps
            .Where(step => step.OrderId == attempt.OrderId && step.AttemptNumber == attempt.Number).DefaultIfEmpty()
        from refund in context.Refunds.Where(refund => refund.OrderId == payment.OrderId).DefaultIfEmpty()
        from look in context.Work.Where(work => work.Kind == WorkKind.Look && work.Subject == subject).DefaultIfEmpty()
        where payment.OrderId == id
        orderby attempt.Number, step.Sequence
        select new Row(payment, order, attempt, step, refund, look));

    /// <summary>One joined row; what the payment has none of is null.</summary>
    internal sealed record Row(PaymentRow Payment, Order Order, AttemptRow? Attempt, StepRow? Step, RefundRow? Refund, WorkRow? Look);
}
