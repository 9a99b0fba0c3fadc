using System.Diagnostics;

namespace PaymentApp.Payments;

/// <summary>
/// The payment service with its calls recorded: a span and an outcome for each, and how long the bank's challenge took. A
/// process that ends lets them end.
/// </summary>
internal sealed class ObservedPaymentService(PaymentService inner, CallsUnderWay calls, PaymentMetrics metrics, TimeProvider clock) : IPaymentService
{
    // A circuit has one checkout, as a rule, and most meet no challenge.
    private Dictionary<OrderId, DateTimeOffset>? _challenges;

    public Task<PaymentOutcome> PayAsync(
        OrderId order, PaymentMethodId paymentMethod, AuthenticationMode? authentication = null, CancellationToken cancellationToken = default) =>
        ObserveAsync("pay order", "pay", order, () => inner.PayAsync(order, paymentMethod, authentication, cancellationToken));

    public async Task<PaymentOutcome> ConfirmAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default)
    {
        DateTimeOffset? challengedAt = _challenges?.Remove(order, out var shown) == true ? shown : null;
        var now = clock.GetUtcNow();
        var outcome = await ObserveAsync("confirm payment", "confirm", order, () => inner.ConfirmAsync(order, actor, cancellationToken));
        if (challengedAt is not { } since)
            return outcome;

        if (outcome is PaymentOutcome.Refused { Reason: RefusalReason.AskedTooOften })
        {
            // Nobody was asked: how the challenge ended, the next question tells.
            _challenges![order] = since;
            return outcome;
        }

        using var challenge = PaymentTracing.Source.StartActivity(
            "authenticate shopper", ActivityKind.Internal, parentContext: default, startTime: since);
        challenge?.SetEndTime(now.UtcDateTime);
        metrics.ChallengeEnded(now - since, PaymentLabels.Of(outcome));
        return outcome;
    }

    public Task<Payment?> GiveUpAuthenticationAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        _challenges?.Remove(order);
        return calls.WatchAsync(() => inner.GiveUpAuthenticationAsync(order, cancellationToken));
    }

    public Task<Payment?> FindAsync(OrderId order, CancellationToken cancellationToken = default) => inner.FindAsync(order, cancellationToken);

    public Task<int?> FindVersionAsync(OrderId order, CancellationToken cancellationToken = default) => inner.FindVersionAsync(order, cancellationToken);

    public Task<Payment?> RefreshAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default) =>
        calls.WatchAsync(() => inner.RefreshAsync(order, actor, cancellationToken));

    private async Task<PaymentOutcome> ObserveAsync(string span, string operation, OrderId order, Func<Task<PaymentOutcome>> call)
    {
        var outcome = await calls.WatchAsync(() => metrics.ObserveAsync(
            span, operation, call, static outcome => (PaymentLabels.Of(outcome), PaymentLabels.CodeOf(outcome))));
        if (outcome is PaymentOutcome.ActionRequired)
            (_challenges ??= [])[order] = clock.GetUtcNow();
        return outcome;
    }
}
