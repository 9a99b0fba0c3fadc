using PaymentApp.Payments;

namespace PaymentApp.Tests.Killing;

/// <summary>The gateway, with a kill point around each of its requests.</summary>
internal sealed class KillableGateway(IPaymentGateway inner, KillSwitch kill) : IPaymentGateway
{
    public Task<GatewayAnswer> CreateAsync(NewIntent intent, string idempotencyKey, CancellationToken cancellationToken = default) =>
        kill.DuringAsync(
            KillPoint.CreateUnderWay, () => inner.CreateAsync(intent, idempotencyKey, cancellationToken), KillPoint.CreateAnswered);

    public Task<GatewayAnswer> ConfirmAsync(
        string intentId, Confirmation confirmation, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var (underWay, answered) = confirmation.PaymentMethodId is null
            ? (KillPoint.ConfirmAuthenticatedUnderWay, KillPoint.ConfirmAuthenticatedAnswered)
            : (KillPoint.ConfirmUnderWay, KillPoint.ConfirmAnswered);
        return kill.DuringAsync(underWay, () => inner.ConfirmAsync(intentId, confirmation, idempotencyKey, cancellationToken), answered);
    }

    public Task<GatewayAnswer> CancelAsync(
        string intentId, string? reason, string idempotencyKey, CancellationToken cancellationToken = default) =>
        kill.DuringAsync(
            KillPoint.CancelUnderWay, () => inner.CancelAsync(intentId, reason, idempotencyKey, cancellationToken), KillPoint.CancelAnswered);

    public Task<GatewayAnswer> RefundAsync(
        string intentId, Money amount, string? reason, string idempotencyKey, CancellationToken cancellationToken = default) =>
        kill.DuringAsync(
            KillPoint.RefundUnderWay, () => inner.RefundAsync(intentId, amount, reason, idempotencyKey, cancellationToken), KillPoint.RefundAnswered);

    public Task<GatewayAnswer> RetrieveAsync(string intentId, CancellationToken cancellationToken = default) =>
        kill.DuringAsync(KillPoint.RetrieveAsked, () => inner.RetrieveAsync(intentId, cancellationToken), KillPoint.RetrieveAnswered);

    public Task<GatewayAnswer> CaptureAsync(
        string intentId, Money? amount, string idempotencyKey, CancellationToken cancellationToken = default) =>
        inner.CaptureAsync(intentId, amount, idempotencyKey, cancellationToken);

    public Task<GatewayAnswer> ListRefundsAsync(string intentId, CancellationToken cancellationToken = default) =>
        inner.ListRefundsAsync(intentId, cancellationToken);

    public Task<GatewayAnswer> SearchAsync(OrderId order, DateTime since, CancellationToken cancellationToken = default) =>
        inner.SearchAsync(order, since, cancellationToken);
}
