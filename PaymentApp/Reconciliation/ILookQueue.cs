using PaymentApp.Payments;

namespace PaymentApp.Reconciliation;

/// <summary>Which orders are due for a look.</summary>
internal interface ILookQueue
{
    /// <summary>
    /// Takes orders whose look is due and sets their next one, so that a second instance leaves them alone meanwhile.
    /// </summary>
    Task<IReadOnlyList<OrderId>> ClaimDueAsync(int most, CancellationToken cancellationToken = default);
}
