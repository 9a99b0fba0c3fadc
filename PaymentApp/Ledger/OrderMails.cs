using Microsoft.EntityFrameworkCore;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IOrderMails"/>
internal sealed class OrderMails(IDbContextFactory<LedgerContext> contexts, IWorkQueue queue, TimeProvider clock) : IOrderMails
{
    // What is scheduled for a request that fits no order: its handler finds nobody to write to.
    private const string Nobody = "nobody";

    public async Task RequestAsync(string number, EmailAddress email, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Orders.Where(order => order.Number == number).Select(order => new { order.Id, order.Email })
            .SingleOrDefaultAsync(cancellationToken);
        var subject = found?.Email is { } kept && kept.IsSameAs(email) ? found.Id.Value : Nobody;
        await queue.ScheduleAsync(WorkKind.OrderMail, subject, clock.GetLedgerTime(), cancellationToken);
    }
}
