namespace PaymentApp.Payments;

/// <summary>What is done to a payment later, with its calls recorded: a span and an outcome for each. A process that ends lets them end.</summary>
internal sealed class ObservedPaymentOperations(PaymentOperations inner, CallsUnderWay calls, PaymentMetrics metrics) : IPaymentOperations
{
    public Task<OperationOutcome> CaptureAsync(OrderId order, Money? amount, PaymentActor actor, CancellationToken cancellationToken = default) =>
        ObserveAsync("capture payment", "capture", () => inner.CaptureAsync(order, amount, actor, cancellationToken));

    public Task<OperationOutcome> CancelAsync(OrderId order, CancelReason reason, PaymentActor actor, CancellationToken cancellationToken = default) =>
        ObserveAsync("cancel payment", "cancel", () => inner.CancelAsync(order, reason, actor, cancellationToken));

    public Task<OperationOutcome> RefundAsync(
        OrderId order, Money? amount, RefundReason reason, PaymentActor actor, CancellationToken cancellationToken = default) =>
        ObserveAsync("refund payment", "refund", () => inner.RefundAsync(order, amount, reason, actor, cancellationToken));

    public Task<bool> ReadAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default) =>
        calls.WatchAsync(() => inner.ReadAsync(order, actor, cancellationToken));

    public Task<bool> ReadAsync(OrderId order, PaymentActor actor, IntentSnapshot? current, CancellationToken cancellationToken = default) =>
        calls.WatchAsync(() => inner.ReadAsync(order, actor, current, cancellationToken));

    private Task<OperationOutcome> ObserveAsync(string span, string operation, Func<Task<OperationOutcome>> call) =>
        calls.WatchAsync(() => metrics.ObserveAsync(
            span, operation, call, static outcome => (PaymentLabels.Of(outcome), PaymentLabels.CodeOf(outcome))));
}
