using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Reconciliation;

/// <inheritdoc cref="ILookRequests"/>
internal sealed class LookRequests(IWorkQueue queue) : ILookRequests
{
    public Task AskAsync(OrderId order, CancellationToken cancellationToken = default) => queue.AskForLookAsync(order, cancellationToken);
}
