using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Reconciliation;

/// <summary>
/// One look at an order that cannot move by itself (invariant 5): a lost answer, an authentication whose tab was closed,
/// an attempt past its hour, an order that nobody wants any more. Asks Stripe how its payment stands, and takes the step
/// that nobody else will.
/// </summary>
internal sealed partial class OrderLook(
    IPaymentService payments,
    IPaymentOperations operations,
    IPaymentLedger ledger,
    IPaymentGateway gateway,
    PaymentStepRunner steps,
    TimeProvider clock,
    IOptions<PaymentsOptions> options,
    ILogger<OrderLook> logger) : IWorkHandler
{
    /// <summary>Longer than banks hold money, work on a payment or take for a refund: what is still open then needs a person.</summary>
    private static readonly TimeSpan LongestWatch = TimeSpan.FromDays(60);

    /// <summary>How long Stripe may turn the cancellation of an abandoned order away before a person is asked.</summary>
    private static readonly TimeSpan LongestCancellation = TimeSpan.FromDays(3);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<WorkResult> HandleAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        var id = OrderId.Parse(item.Subject);
        if (await ledger.FindAsync(id, cancellationToken) is not { } seen)
            return new WorkResult.Done("The order is gone.");

        if (seen.OpenStep is not null)
        {
            await steps.SettleAsync(seen, PaymentActor.Sweeper);
            if (await ledger.FindAsync(id, cancellationToken) is not { OpenStep: null } settled)
                return new WorkResult.Retry("The outcome of a step is unknown.", NotBefore: Now + Wait(seen));
            seen = settled;
        }

        if (await ReadAsync(seen, cancellationToken) is { } trouble)
            return trouble;
        if (await ledger.FindAsync(id, cancellationToken) is not { } payment)
            return new WorkResult.Done("The order is gone.");
        if (await GoOnAsync(item, payment, cancellationToken) is { } result)
            return result;

        var now = await ledger.FindAsync(id, cancellationToken) ?? payment;
        return Wait(now) is { } wait ? new WorkResult.Again(Now + wait) : new WorkResult.Done();
    }

    /// <summary>Takes the step that nobody else will. Null when the next look is as the payment's state has it.</summary>
    private async Task<WorkResult?> GoOnAsync(WorkItem item, Payment payment, CancellationToken cancellationToken)
    {
        // Somebody else has begun a step meanwhile: its outcome comes first.
        if (payment.OpenStep is not null)
            return null;

        var id = payment.Order.Id;
        var sinceMoved = Now - payment.MovedAt;
        var nearEnd = NextLook.NearEndOf(payment.CaptureBefore - payment.MovedAt);
        switch (payment.State)
        {
            case var state when NextLook.IsUnpaid(state) && sinceMoved >= options.Value.AbandonAfter:
                // Without a PaymentIntent it ends in the ledger; else at Stripe first.
                return await operations.CancelAsync(id, CancelReason.Abandoned, PaymentActor.Sweeper, cancellationToken) switch
                {
                    OperationOutcome.Unknown => new WorkResult.Retry("Whether the order was canceled is unknown."),
                    OperationOutcome.Failed { MayWorkLater: true } when sinceMoved < options.Value.AbandonAfter + LongestCancellation => null,
                    OperationOutcome.Failed { Failure: var failure } => new WorkResult.Park($"Stripe does not cancel the payment, code {failure.Code}."),
                    _ => null,
                };
            case PaymentState.AwaitingConfirmation when !payment.IsGivenUp && options.Value.AfterAuthentication is AfterAuthentication.Confirm:
                return await payments.ConfirmAsync(id, PaymentActor.Sweeper, cancellationToken) is PaymentOutcome.Unknown
                    ? new WorkResult.Retry("The outcome of the confirmation is unknown.", NotBefore: Now + Wait(payment))
                    : null;
            case PaymentState.Processing or PaymentState.Authorized or PaymentState.Paid when sinceMoved >= LongestWatch && Wait(payment) is not null:
                return new WorkResult.Park($"Nothing has moved the payment, {payment.State}, for {sinceMoved.Days} days.");
            case PaymentState.Authorized when sinceMoved >= nearEnd && !HasLookedSince(payment.MovedAt + nearEnd):
                Log.HoldEnds(logger, payment.Order.Number, payment.MovedAt);
                return null;
            default:
                return null;
        }

        bool HasLookedSince(DateTime then) => item.LastEndedAt >= then;
    }

    /// <summary>Takes in how Stripe has the payment. Null when it could.</summary>
    private async Task<WorkResult?> ReadAsync(Payment payment, CancellationToken cancellationToken)
    {
        if (payment is { Intent: { } known, State: not (PaymentState.Paid or PaymentState.Canceled) })
        {
            switch (await gateway.RetrieveAsync(known, cancellationToken))
            {
                case GatewayAnswer<IntentSnapshot>.Answered { Value: var intent } when PaymentStepRunner.Belongs(intent, payment):
                    payment = await ledger.RecordAsync(payment.Order.Id, intent, PaymentActor.Sweeper, step: null, cancellationToken);
                    break;
                case GatewayAnswer<IntentSnapshot>.Answered:
                    return new WorkResult.Park("The PaymentIntent differs from the order in amount, currency or id.");
                case GatewayAnswer<IntentSnapshot>.Rejected { Failure: var failure }:
                    return new WorkResult.Park($"Stripe does not show the PaymentIntent, code {failure.Code}.");
                default:
                    return new WorkResult.Retry("Stripe could not be asked.");
            }
        }

        return payment.State is not PaymentState.Paid || await operations.ReadAsync(payment.Order.Id, PaymentActor.Sweeper, cancellationToken)
            ? null
            : new WorkResult.Retry("Stripe could not be asked for refunds, disputes and warnings.");
    }

    private TimeSpan? Wait(Payment payment) => NextLook.After(
        payment.IsGivenUp ? PaymentState.AwaitingPayment : payment.State,
        payment.Intent is not null,
        payment.OpenStep is not null,
        payment.HasPendingRefund,
        payment.CaptureBefore - payment.MovedAt,
        Now - payment.MovedAt,
        options.Value);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Order {OrderNumber} has been authorized since {Since:u} and is not captured: the bank will release the amount")]
        public static partial void HoldEnds(ILogger logger, string orderNumber, DateTime since);
    }
}
