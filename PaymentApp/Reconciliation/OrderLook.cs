using Microsoft.Extensions.Options;
using PaymentApp.Payments;

namespace PaymentApp.Reconciliation;

/// <summary>One look at an order: asks Stripe how its payment stands, and takes the step that nobody else will.</summary>
internal sealed partial class OrderLook(
    IPaymentService payments,
    IPaymentOperations operations,
    TimeProvider clock,
    IOptions<PaymentsOptions> options,
    ILogger<OrderLook> logger)
{
    public async Task LookAsync(OrderId id, CancellationToken cancellationToken = default)
    {
        // Repeats a step whose outcome is unknown, and asks Stripe how the intent stands.
        if (await payments.RefreshAsync(id, PaymentActor.Sweeper, cancellationToken) is not { OpenStep: null } payment)
            return;

        switch (payment.State)
        {
            case PaymentState.AwaitingAuthentication or PaymentState.AwaitingConfirmation when payment.IsGivenUp:
                if (IsAbandoned(payment))
                    await operations.CancelAsync(id, CancelReason.Abandoned, PaymentActor.Sweeper, cancellationToken);
                break;
            case PaymentState.AwaitingConfirmation when options.Value.AfterAuthentication is AfterAuthentication.Confirm:
                await payments.ConfirmAsync(id, PaymentActor.Sweeper, cancellationToken);
                break;
            case PaymentState.AwaitingPayment when payment.Intent is not null && IsAbandoned(payment):
                await operations.CancelAsync(id, CancelReason.Abandoned, PaymentActor.Sweeper, cancellationToken);
                break;
            case PaymentState.Authorized:
                Log.HoldEnds(logger, payment.Order.Number, payment.MovedAt);
                break;
            case PaymentState.Paid:
                await operations.RefreshRefundsAsync(id, PaymentActor.Sweeper, cancellationToken);
                break;
        }
    }

    private bool IsAbandoned(Payment payment) => clock.GetUtcNow().UtcDateTime - payment.MovedAt >= options.Value.AbandonAfter;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Order {OrderNumber} has been authorized since {Since:u} and is not captured: the bank releases the amount after seven days")]
        public static partial void HoldEnds(ILogger logger, string orderNumber, DateTime since);
    }
}
