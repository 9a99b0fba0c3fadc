namespace PaymentApp.Payments;

/// <inheritdoc cref="IPaymentOperations"/>
internal sealed partial class PaymentOperations(
    IPaymentLedger ledger, IPaymentGateway gateway, PaymentStepRunner steps, ILogger<PaymentOperations> logger) : IPaymentOperations
{
    // Whoever moves the money elsewhere may do so again; more often than this in one call is no coincidence.
    private const int MostPlans = 3;

    public Task<OperationOutcome> CaptureAsync(OrderId order, Money? amount, PaymentActor actor, CancellationToken cancellationToken = default) =>
        OperateAsync(
            order,
            seen => seen.State is PaymentState.Authorized && (amount is null || IsWithin(amount.Value, seen.Order.Amount)),
            seen => new(PaymentStepKind.Capture, amount ?? seen.Order.Amount),
            actor,
            cancellationToken);

    public Task<OperationOutcome> CancelAsync(OrderId order, CancelReason reason, PaymentActor actor, CancellationToken cancellationToken = default) =>
        OperateAsync(
            order,
            seen => seen.State is not (PaymentState.Paid or PaymentState.Canceled or PaymentState.Processing),
            _ => new(PaymentStepKind.Cancel, Amount: null, Word(reason)),
            actor,
            cancellationToken);

    public Task<OperationOutcome> RefundAsync(
        OrderId order, Money? amount, RefundReason reason, PaymentActor actor, CancellationToken cancellationToken = default) =>
        OperateAsync(
            order,
            seen => seen.State is PaymentState.Paid && IsWithin(amount ?? seen.Refundable, seen.Refundable),
            seen => new(PaymentStepKind.Refund, amount ?? seen.Refundable, Word(reason)),
            actor,
            cancellationToken);

    public Task<bool> ReadAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default) =>
        ReadAsync(order, actor, current: null, cancellationToken);

    public async Task<bool> ReadAsync(
        OrderId order, PaymentActor actor, IntentSnapshot? current, CancellationToken cancellationToken = default)
    {
        if (await ledger.FindAsync(order, cancellationToken) is not { } seen || (seen.Intent ?? current?.Id) is not { } intent)
            return true;
        if (await gateway.ReadPaymentAsync(intent, current, cancellationToken) is not GatewayAnswer<PaymentSnapshot>.Answered { Value: var snapshot })
            return false;

        if (PaymentStepRunner.Belongs(snapshot.Intent, seen))
            await ledger.RecordPaymentAsync(order, snapshot, actor, cancellationToken: cancellationToken);
        else
            Log.IntentMismatch(logger, seen.Order.Number, snapshot.Intent.Id);
        return true;
    }

    private async Task<OperationOutcome> OperateAsync(
        OrderId order,
        Func<Payment, bool> isPossible,
        Func<Payment, NewStep> plan,
        PaymentActor actor,
        CancellationToken cancellationToken)
    {
        for (var plans = 1; ;)
        {
            if (await ledger.FindAsync(order, cancellationToken) is not { } seen)
                return new OperationOutcome.Refused(null);

            if (seen.OpenStep is { } open)
            {
                var settled = await steps.SettleAsync(seen, actor);
                if (settled is StepEnd.Unknown)
                    return new OperationOutcome.Unknown();
                if (settled is StepEnd.Mismatch)
                    return Outcome(open, settled, isPossible);
                // Asked again because nobody knew: this is the first one's answer, and no second refund.
                if (settled is not StepEnd.Overtaken && IsSame(plan(seen), open))
                    return (settled is null ? new OperationOutcome.Unknown() : Outcome(open, settled, isPossible)) with { WasUnderWay = true };
                continue;
            }

            if (!isPossible(seen))
                return new OperationOutcome.Refused(seen);

            var operation = plan(seen);
            if (seen.Intent is null)
            {
                // Stripe has never heard of this order: it ends here.
                if (await ledger.CloseAsync(seen, actor, cancellationToken) is { } closed)
                    return new OperationOutcome.Done(closed);
                continue;
            }

            if (await ledger.BeginStepAsync(seen, operation, actor, cancellationToken) is { } step)
            {
                var end = await steps.RunAsync(seen, step, current: null, actor);
                // All that is left is another amount, now that Stripe has said what went elsewhere.
                if (end is StepEnd.Overtaken { Payment: var now } && plan(now) != operation && isPossible(now) && plans++ < MostPlans)
                    continue;
                return end is null ? new OperationOutcome.Unknown() : Outcome(step, end, isPossible);
            }
        }
    }

    private static bool IsSame(NewStep asked, PaymentStep open) => (asked.Kind, asked.Amount) == (open.Kind, open.Amount);

    private static OperationOutcome Outcome(PaymentStep step, StepEnd end, Func<Payment, bool> isPossible) => (step.Kind, end) switch
    {
        (_, StepEnd.Recorded { Payment: var payment, Refund: { Status: RefundStatus.Succeeded } }) => new OperationOutcome.Done(payment),
        (_, StepEnd.Recorded { Payment: var payment, Refund: { Status: RefundStatus.Pending } }) => new OperationOutcome.Pending(payment),
        (_, StepEnd.Recorded { Refund: { FailureCode: var code } }) =>
            new OperationOutcome.Failed(new PaymentFailure(FailureReason.ProcessingError, code)),
        // The key said nothing, and no refund names it: none was made.
        (PaymentStepKind.Refund, StepEnd.Recorded { Payment.State: PaymentState.Paid }) =>
            new OperationOutcome.Failed(new PaymentFailure(FailureReason.ServiceBusy)),
        // Somebody else may have captured, and another amount.
        (PaymentStepKind.Capture, StepEnd.Recorded { Payment: { State: PaymentState.Paid } payment }) when payment.Captured == step.Amount =>
            new OperationOutcome.Done(payment),
        (PaymentStepKind.Cancel, StepEnd.Recorded { Payment: { State: PaymentState.Canceled } payment }) => new OperationOutcome.Done(payment),
        (_, StepEnd.Recorded { Payment: { State: PaymentState.Processing } payment }) => new OperationOutcome.Pending(payment),
        (_, StepEnd.Recorded { Payment: var payment }) => new OperationOutcome.Refused(payment),
        (_, StepEnd.Overtaken { Payment: var payment, Failure: var failure }) =>
            isPossible(payment) ? new OperationOutcome.Failed(failure) : new OperationOutcome.Refused(payment),
        (_, StepEnd.Failed { Failure: var failure, MayWorkLater: var later }) => new OperationOutcome.Failed(failure, later),
        (_, StepEnd.Mismatch) => new OperationOutcome.Failed(new PaymentFailure(FailureReason.GenericDecline, "intent_mismatch")),
        _ => new OperationOutcome.Unknown(),
    };

    private static bool IsWithin(Money amount, Money limit) =>
        amount.Currency == limit.Currency && amount.IsRound && amount.MinorUnits > 0 && amount.MinorUnits <= limit.MinorUnits;

    private static string Word(CancelReason reason) => reason switch
    {
        CancelReason.RequestedByCustomer => "requested_by_customer",
        CancelReason.Abandoned => "abandoned",
        CancelReason.Duplicate => "duplicate",
        _ => "fraudulent",
    };

    private static string Word(RefundReason reason) => reason switch
    {
        RefundReason.RequestedByCustomer => "requested_by_customer",
        RefundReason.Duplicate => "duplicate",
        _ => "fraudulent",
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Order {OrderNumber}: PaymentIntent {IntentId} differs in amount, currency or order")]
        public static partial void IntentMismatch(ILogger logger, string orderNumber, PaymentIntentId intentId);
    }
}
