using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>All rows of one payment, of one moment. They serve one change: after it they are of no known moment.</summary>
internal sealed class PaymentRows(
    Order order, PaymentRow payment, List<AttemptRow> attempts, List<RefundRow> refunds, WorkRow? look)
{
    private int _isTaken;

    public Order Order { get; } = order;

    public PayableOrder PayableOrder => new(Order.Id, Order.Number, Order.Amount) { Email = Order.Email };

    public PaymentRow Payment { get; } = payment;

    /// <summary>With their steps.</summary>
    public List<AttemptRow> Attempts { get; } = attempts;

    public List<RefundRow> Refunds { get; } = refunds;

    public WorkRow? Look { get; } = look;

    public IEnumerable<object> All => [Order, Payment, .. Attempts, .. Refunds, .. Look is null ? Array.Empty<object>() : [Look]];

    /// <summary>Whether the caller is the first who writes to them.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;
}
