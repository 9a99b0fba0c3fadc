using Microsoft.Extensions.Options;
using PaymentApp.Payments;

namespace PaymentApp.Reconciliation;

/// <summary>What the sweeper does with one order.</summary>
internal sealed partial class OrderFinisher(
    IPaymentService payments,
    IPaymentOperations operations,
    TimeProvider clock,
    IOptions<PaymentsOptions> options,
    ILogger<OrderFinisher> logger)
{
    public async Task FinishAsync(OrderId id, CancellationToken cancellationToken = default)
    {
        // Settles a lost answer and asks Stripe how the intent stands.
        if (await payments.RefreshAsync(id, cancellationToken) is not { OpenStep: null } payment)
            return;

        switch (payment.State)
        {
            case PaymentState.AwaitingConfirmation when options.Value.AfterAuthentication is AfterAuthentication.Confirm:
                await payments.ConfirmAsync(id, cancellationToken);
                break;
            case PaymentState.AwaitingPayment when payment.IntentId is not null && IsAbandoned(payment):
                await operations.CancelAsync(id, CancelReason.Abandoned, cancellationToken);
                break;
            case PaymentState.Authorized:
                Log.HoldEnds(logger, payment.Order.Number, payment.MovedAt);
                break;
            case PaymentState.Paid:
                await operations.RefreshRefundsAsync(id, cancellationToken);
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
