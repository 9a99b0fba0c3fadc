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
        if (await payments.RefreshAsync(id, cancellationToken) is not { OpenStep: null } order)
            return;

        switch (order.State)
        {
            case PaymentState.AwaitingConfirmation when options.Value.AfterAuthentication is AfterAuthentication.Confirm:
                await payments.ConfirmAsync(id, cancellationToken);
                break;
            case PaymentState.AwaitingPayment when order.IntentId is not null && IsAbandoned(order):
                await operations.CancelAsync(id, CancelReason.Abandoned, cancellationToken);
                break;
            case PaymentState.Authorized:
                Log.HoldEnds(logger, order.Number, order.MovedAt);
                break;
            case PaymentState.Paid:
                await operations.RefreshRefundsAsync(id, cancellationToken);
                break;
        }
    }

    private bool IsAbandoned(PayableOrder order) => clock.GetUtcNow().UtcDateTime - order.MovedAt >= options.Value.AbandonAfter;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Order {OrderNumber} has been authorized since {Since:u} and is not captured: the bank releases the amount after seven days")]
        public static partial void HoldEnds(ILogger logger, string orderNumber, DateTime since);
    }
}
