namespace PaymentApp.Payments;

/// <inheritdoc cref="IPaymentOperations"/>
internal sealed class PaymentOperations(
    IPaymentLedger ledger, IPaymentGateway gateway, PaymentStepRunner steps) : IPaymentOperations
{
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

    public async Task<bool> RefreshRefundsAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default)
    {
        // What a canceled authorization gives back was never taken.
        if (await ledger.FindAsync(order, cancellationToken) is not { Intent: { } intent, State: PaymentState.Paid })
            return true;
        if (await gateway.ListRefundsAsync(intent, cancellationToken) is not GatewayAnswer<IReadOnlyList<RefundSnapshot>>.Answered { Value: var refunds })
            return false;

        foreach (var refund in refunds)
            await ledger.RecordRefundAsync(order, refund, actor, step: null, cancellationToken);
        return true;
    }

    private async Task<OperationOutcome> OperateAsync(
        OrderId order,
        Func<Payment, bool> isPossible,
        Func<Payment, NewStep> plan,
        PaymentActor actor,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ledger.FindAsync(order, cancellationToken) is not { } seen)
                return new OperationOutcome.Refused(null);

            if (seen.OpenStep is { } open)
            {
                var settled = await steps.SettleAsync(seen, actor);
                if (settled is StepEnd.Unknown or StepEnd.Mismatch)
                    return new OperationOutcome.Unknown();
                // Asked again because nobody knew: this is the first one's answer, and no second refund.
                if (IsSame(plan(seen), open))
                    return settled is null ? new OperationOutcome.Unknown() : Outcome(seen, open, settled);
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
                return await steps.RunAsync(seen, step, current: null, actor) is { } end
                    ? Outcome(seen, step, end)
                    : new OperationOutcome.Unknown();
            }
        }
    }

    private static bool IsSame(NewStep asked, PaymentStep open) => (asked.Kind, asked.Amount) == (open.Kind, open.Amount);

    private static OperationOutcome Outcome(Payment before, PaymentStep step, StepEnd end) => (step.Kind, end) switch
    {
        (_, StepEnd.Recorded { Payment: var payment, Refund: { Status: RefundStatus.Succeeded } }) => new OperationOutcome.Done(payment),
        (_, StepEnd.Recorded { Payment: var payment, Refund: { Status: RefundStatus.Pending } }) => new OperationOutcome.Pending(payment),
        (_, StepEnd.Recorded { Refund: { FailureCode: var code } }) =>
            new OperationOutcome.Failed(new PaymentFailure(FailureReason.ProcessingError, code)),
        // The key said nothing: whether the refund was made shows in what the order has given back.
        (PaymentStepKind.Refund, StepEnd.Recorded { Payment: var payment }) => payment.Refunded.MinorUnits > before.Refunded.MinorUnits
            ? new OperationOutcome.Pending(payment)
            : new OperationOutcome.Failed(new PaymentFailure(FailureReason.ServiceBusy)),
        (PaymentStepKind.Capture, StepEnd.Recorded { Payment: { State: PaymentState.Paid } payment }) => new OperationOutcome.Done(payment),
        (PaymentStepKind.Cancel, StepEnd.Recorded { Payment: { State: PaymentState.Canceled } payment }) => new OperationOutcome.Done(payment),
        (_, StepEnd.Recorded { Payment: { State: PaymentState.Processing } payment }) => new OperationOutcome.Pending(payment),
        (_, StepEnd.Recorded { Payment: var payment }) => new OperationOutcome.Refused(payment),
        (_, StepEnd.Failed { Failure: var failure }) => new OperationOutcome.Failed(failure),
        (_, StepEnd.Mismatch) => new OperationOutcome.Failed(new PaymentFailure(FailureReason.GenericDecline, "intent_mismatch")),
        _ => new OperationOutcome.Unknown(),
    };

    private static bool IsWithin(Money amount, Money limit) =>
        amount.Currency == limit.Currency && amount.MinorUnits > 0 && amount.MinorUnits <= limit.MinorUnits;

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
}
