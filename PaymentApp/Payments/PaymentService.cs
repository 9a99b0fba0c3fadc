using Microsoft.Extensions.Options;

namespace PaymentApp.Payments;

/// <inheritdoc cref="IPaymentService"/>
internal sealed partial class PaymentService(
    IPaymentLedger ledger, IPaymentGateway gateway, IOptions<PaymentsOptions> options, ILogger<PaymentService> logger) : IPaymentService
{
    public async Task<PaymentOutcome> PayAsync(
        OrderId order, string paymentMethodId, AuthenticationMode? authentication = null, CancellationToken cancellationToken = default)
    {
        if (!PaymentMethodId.IsWellFormed(paymentMethodId))
            return new PaymentOutcome.Refused(RefusalReason.MalformedPaymentMethod);

        // Every turn ends the call or has seen another circuit, a webhook or an old step move the order on.
        while (true)
        {
            if (await ledger.FindAsync(order, cancellationToken) is not { } seen)
                return new PaymentOutcome.Refused(RefusalReason.UnknownOrder);
            if (Settled(seen) is { } settled)
                return settled;

            if (seen.OpenStep is { } open)
            {
                if (await RepeatAsync(open) is { } repeated and (PaymentOutcome.Unknown or PaymentOutcome.Refused))
                    return repeated;
                continue;
            }

            // A second click, not a second attempt: one PaymentMethod has one challenge and one answer.
            if (seen.PaymentMethodId == paymentMethodId && seen.LastFailure is not { Reason: FailureReason.ServiceBusy })
                return seen.LastFailure is { } known ? new PaymentOutcome.Declined(known) : await ConfirmAsync(order, cancellationToken);

            var mode = authentication ?? options.Value.Authentication;
            if (await ledger.BeginAttemptAsync(seen, paymentMethodId, mode, cancellationToken) is { } step
                && await RunAsync(seen, step) is { } outcome)
                return outcome;
        }
    }

    public async Task<PaymentOutcome> ConfirmAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await ledger.FindAsync(order, cancellationToken) is not { } seen)
                return new PaymentOutcome.Refused(RefusalReason.UnknownOrder);
            if (Settled(seen) is { } settled)
                return settled;

            if (seen.OpenStep is { } open)
            {
                if (await RepeatAsync(open) is { } repeated and (PaymentOutcome.Unknown or PaymentOutcome.Refused))
                    return repeated;
                continue;
            }

            if (seen.IntentId is null)
                return new PaymentOutcome.Refused(RefusalReason.NothingToConfirm);

            var read = await gateway.RetrieveAsync(seen.IntentId, cancellationToken);
            if (read is GatewayAnswer.Rejected { Failure: var failure })
                return new PaymentOutcome.Declined(failure);
            if (read is not GatewayAnswer.Answered { Intent: var intent })
                return new PaymentOutcome.Unknown();
            if (!Belongs(intent, seen))
                return Mismatch(seen, intent);

            var now = await ledger.RecordAsync(order, intent, step: null, cancellationToken);
            if (now is { State: not PaymentState.AwaitingConfirmation, OpenStep: null })
                return Outcome(now, intent);

            if (now.OpenStep is null
                && await ledger.BeginConfirmationAsync(now, cancellationToken) is { } step
                && await RunAsync(now, step, intent) is { } outcome)
                return outcome;
        }
    }

    public Task<PayableOrder?> FindAsync(OrderId order, CancellationToken cancellationToken = default) =>
        ledger.FindAsync(order, cancellationToken);

    public async Task<PayableOrder?> RefreshAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        var seen = await ledger.FindAsync(order, cancellationToken);
        if (seen?.OpenStep is { } open)
        {
            await RepeatAsync(open);
            seen = await ledger.FindAsync(order, cancellationToken);
        }

        if (seen is not { IntentId: { } intentId, OpenStep: null, State: not (PaymentState.Paid or PaymentState.Canceled) })
            return seen;

        return await gateway.RetrieveAsync(intentId, cancellationToken) is GatewayAnswer.Answered { Intent: var intent } && Belongs(intent, seen)
            ? await ledger.RecordAsync(order, intent, step: null, cancellationToken)
            : seen;
    }

    private async Task<PaymentOutcome?> RepeatAsync(PaymentStep step) =>
        await ledger.RepeatStepAsync(step) is { } order ? await RunAsync(order, step) : null;

    /// <summary>
    /// Makes the request of a step that the ledger holds. From here on the caller's cancellation no longer counts: the
    /// shopper may leave, the request is finished and its answer kept (invariant 5). Null when somebody else, who asked
    /// the same, has the answer: read the order again.
    /// </summary>
    private async Task<PaymentOutcome?> RunAsync(PayableOrder order, PaymentStep step, IntentSnapshot? current = null)
    {
        using var scope = Log.Step(logger, order.Number, step.Attempt, step.Kind);

        if (order.IntentId is { } known)
        {
            var read = current is null ? await gateway.RetrieveAsync(known) : new GatewayAnswer.Answered(current);
            if (read is not GatewayAnswer.Answered { Intent: var intent })
                return await EndWithoutAnswerAsync(order, step, read);
            if (!Belongs(intent, order))
            {
                await ledger.EndStepAsync(step, PaymentStepResult.NotExecuted, new PaymentFailure(FailureReason.GenericDecline, "intent_mismatch"));
                return Mismatch(order, intent);
            }

            if (!IsStillWanted(step, intent))
                return Outcome(await ledger.RecordAsync(order.Id, intent, step), intent);
        }

        var answer = step.Kind switch
        {
            PaymentStepKind.Create => await gateway.CreateAsync(
                new NewIntent(order.Id, order.Number, order.Amount, step.PaymentMethodId, step.Authentication), step.IdempotencyKey),
            PaymentStepKind.Confirm => await gateway.ConfirmAsync(
                order.IntentId!, new Confirmation(step.PaymentMethodId, step.Authentication), step.IdempotencyKey),
            _ => await gateway.ConfirmAsync(order.IntentId!, new Confirmation(null, step.Authentication), step.IdempotencyKey),
        };

        if (answer is not GatewayAnswer.Answered { Intent: var answered })
            return await EndWithoutAnswerAsync(order, step, answer);
        // The request was made, whatever this answer is: the step stays open, and no other intent may be opened.
        if (!Belongs(answered, order))
            return Mismatch(order, answered);
        return Outcome(await ledger.RecordAsync(order.Id, answered, step), answered);
    }

    /// <summary>Whether the step has something left to do, or the intent has moved past it by another way.</summary>
    private static bool IsStillWanted(PaymentStep step, IntentSnapshot intent) => intent.Happened switch
    {
        PaymentEvent.Succeeded or PaymentEvent.Canceled or PaymentEvent.Authorized or PaymentEvent.Processing => false,
        PaymentEvent.ConfirmationRequired => step.Kind is not PaymentStepKind.Create,
        _ => step.Kind is PaymentStepKind.Confirm,
    };

    private async Task<PaymentOutcome?> EndWithoutAnswerAsync(PayableOrder order, PaymentStep step, GatewayAnswer answer)
    {
        if (Ending(answer) is var (result, failure))
        {
            if (await ledger.EndStepAsync(step, result, failure))
            {
                Log.Ended(logger, order.Number, result, failure.Code, failure.DeclineCode);
                return new PaymentOutcome.Declined(failure);
            }

            if ((await ledger.FindAsync(order.Id))?.OpenStep != step)
                return null;
        }

        Log.UnknownOutcome(logger, order.Number);
        return new PaymentOutcome.Unknown();
    }

    private static (PaymentStepResult Result, PaymentFailure Failure)? Ending(GatewayAnswer answer) => answer switch
    {
        GatewayAnswer.Rejected { Failure: var failure } => (PaymentStepResult.Rejected, failure),
        GatewayAnswer.NotExecuted { Failure: var failure } => (PaymentStepResult.NotExecuted, failure),
        _ => null,
    };

    private PaymentOutcome.Refused Mismatch(PayableOrder order, IntentSnapshot intent)
    {
        Log.IntentMismatch(logger, order.Number, intent.Id);
        return new PaymentOutcome.Refused(RefusalReason.IntentMismatch);
    }

    /// <summary>Invariant 3: what Stripe holds is what the order says.</summary>
    private static bool Belongs(IntentSnapshot intent, PayableOrder order) =>
        intent.Amount == order.Amount && intent.Order == order.Id && (order.IntentId is null || order.IntentId == intent.Id);

    private static PaymentOutcome? Settled(PayableOrder order) => order.State switch
    {
        PaymentState.Paid => new PaymentOutcome.Succeeded(order.Receipt),
        PaymentState.Authorized => new PaymentOutcome.RequiresCapture(order.Receipt),
        PaymentState.Processing => new PaymentOutcome.Processing(),
        PaymentState.Canceled => new PaymentOutcome.Canceled(),
        _ => null,
    };

    private static PaymentOutcome Outcome(PayableOrder order, IntentSnapshot intent) => Settled(order) ?? order.State switch
    {
        PaymentState.AwaitingPayment =>
            new PaymentOutcome.Declined(intent.Failure ?? order.LastFailure ?? new PaymentFailure(FailureReason.GenericDecline)),
        PaymentState.AwaitingAuthentication when intent.ClientSecret is { } secret => new PaymentOutcome.ActionRequired(secret),
        _ => new PaymentOutcome.Unknown(),
    };

    private static partial class Log
    {
        public static readonly Func<ILogger, string, int, PaymentStepKind, IDisposable?> Step =
            LoggerMessage.DefineScope<string, int, PaymentStepKind>("Order {OrderNumber}, attempt {Attempt}, {Step}");

        [LoggerMessage(1, LogLevel.Information, "Order {OrderNumber}: the request ended {Result} and nothing was charged, code {Code}, decline code {DeclineCode}")]
        public static partial void Ended(ILogger logger, string orderNumber, PaymentStepResult result, string? code, string? declineCode);

        [LoggerMessage(2, LogLevel.Warning, "Order {OrderNumber}: the outcome is unknown and will be asked for again with the same key")]
        public static partial void UnknownOutcome(ILogger logger, string orderNumber);

        [LoggerMessage(3, LogLevel.Critical, "Order {OrderNumber}: PaymentIntent {IntentId} differs in amount, currency or order")]
        public static partial void IntentMismatch(ILogger logger, string orderNumber, string intentId);
    }
}
