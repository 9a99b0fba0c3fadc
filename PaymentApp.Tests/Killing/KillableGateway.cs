using PaymentApp.Payments;

namespace PaymentApp.Tests.Killing;

/// <summary>The gateway, with a kill point around each of its requests.</summary>
internal sealed class KillableGateway(IPaymentGateway inner, KillSwitch kill) : IPaymentGateway
{
    public Task<GatewayAnswer<IntentSnapshot>> CreateAsync(NewIntent intent, string idempotencyKey, CancellationToken cancellationToken = default) =>
        kill.DuringAsync(
            KillPoint.CreateUnderWay, () => inner.CreateAsync(intent, idempotencyKey, cancellationToken), KillPoint.CreateAnswered);

    public Task<GatewayAnswer<IntentSnapshot>> ConfirmAsync(
        PaymentIntentId intent, Confirmation confirmation, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var (underWay, answered) = confirmation.PaymentMethod is null
            ? (KillPoint.ConfirmAuthenticatedUnderWay, KillPoint.ConfirmAuthenticatedAnswered)
            : (KillPoint.ConfirmUnderWay, KillPoint.ConfirmAnswered);
        return kill.DuringAsync(underWay, () => inner.ConfirmAsync(intent, confirmation, idempotencyKey, cancellationToken), answered);
    }

    public Task<GatewayAnswer<IntentSnapshot>> CancelAsync(
        PaymentIntentId intent, string? reason, string idempotencyKey, CancellationToken cancellationToken = default) =>
        kill.DuringAsync(
            KillPoint.CancelUnderWay, () => inner.CancelAsync(intent, reason, idempotencyKey, cancellationToken), KillPoint.CancelAnswered);

    public Task<GatewayAnswer<RefundSnapshot>> RefundAsync(
        PaymentIntentId intent, Money amount, string? reason, string idempotencyKey, CancellationToken cancellationToken = default) =>
        kill.DuringAsync(
            KillPoint.RefundUnderWay, () => inner.RefundAsync(intent, amount, reason, idempotencyKey, cancellationToken), KillPoint.RefundAnswered);

    public Task<GatewayAnswer<IntentSnapshot>> RetrieveAsync(PaymentIntentId intent, CancellationToken cancellationToken = default) =>
        kill.DuringAsync(KillPoint.RetrieveAsked, () => inner.RetrieveAsync(intent, cancellationToken), KillPoint.RetrieveAnswered);

    public Task<GatewayAnswer<IntentSnapshot>> CaptureAsync(
        PaymentIntentId intent, Money? amount, string idempotencyKey, CancellationToken cancellationToken = default) =>
        inner.CaptureAsync(intent, amount, idempotencyKey, cancellationToken);

    public Task<GatewayAnswer<PaymentSnapshot>> ReadPaymentAsync(
        PaymentIntentId intent, IntentSnapshot? current = null, CancellationToken cancellationToken = default) =>
        inner.ReadPaymentAsync(intent, current, cancellationToken);

    public Task<GatewayAnswer<IntentSnapshot>> SearchAsync(
        OrderId order, DateTime since, DateTime until, CancellationToken cancellationToken = default) =>
        inner.SearchAsync(order, since, until, cancellationToken);
}
