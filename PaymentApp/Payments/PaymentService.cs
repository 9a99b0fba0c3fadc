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

            if (seen.OpenStep is { } open)
            {
                if (await RunAsync(seen, open, current: null, isRepetition: true) is PaymentOutcome.Unknown unknown)
                    return unknown;
                continue;
            }

            if (Settled(seen) is { } settled)
                return settled;

            var mode = authentication ?? options.Value.Authentication;
            if (await ledger.BeginAttemptAsync(seen, paymentMethodId, mode, cancellationToken) is { } step)
                return await RunAsync(seen, step, current: null, isRepetition: false);
        }
    }

    public async Task<PaymentOutcome> ConfirmAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await ledger.FindAsync(order, cancellationToken) is not { } seen)
                return new PaymentOutcome.Refused(RefusalReason.UnknownOrder);

            if (seen.OpenStep is { } open)
            {
                if (await RunAsync(seen, open, current: null, isRepetition: true) is PaymentOutcome.Unknown unknown)
                    return unknown;
                continue;
            }

            if (Settled(seen) is { } settled)
                return settled;
            if (seen.IntentId is null)
                return new PaymentOutcome.Refused(RefusalReason.NothingToConfirm);

            if (await gateway.RetrieveAsync(seen.IntentId, cancellationToken) is not GatewayAnswer.Answered { Intent: var intent })
                return new PaymentOutcome.Unknown();
            if (!Belongs(intent, seen))
                return Mismatch(seen, intent);

            var now = await ledger.RecordAsync(order, intent, step: null, cancellationToken);
            if (now.State is not PaymentState.AwaitingConfirmation)
                return Outcome(now, intent);

            if (await ledger.BeginConfirmationAsync(now, cancellationToken) is { } step)
                return await RunAsync(now, step, intent, isRepetition: false);
        }
    }

    public Task<PayableOrder?> FindAsync(OrderId order, CancellationToken cancellationToken = default) =>
        ledger.FindAsync(order, cancellationToken);

    public async Task<PayableOrder?> RefreshAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        var seen = await ledger.FindAsync(order, cancellationToken);
        if (seen?.OpenStep is { } open)
        {
            await RunAsync(seen, open, current: null, isRepetition: true);
            seen = await ledger.FindAsync(order, cancellationToken);
        }

        if (seen is not { IntentId: { } intentId, OpenStep: null } || Settled(seen) is not null and not PaymentOutcome.Processing)
            return seen;

        return await gateway.RetrieveAsync(intentId, cancellationToken) is GatewayAnswer.Answered { Intent: var intent } && Belongs(intent, seen)
            ? await ledger.RecordAsync(order, intent, step: null, cancellationToken)
            : seen;
    }

    /// <summary>
    /// Makes the request of a step that the ledger holds. From here on the caller's cancellation no longer counts: the
    /// shopper may leave, the request is finished and its answer kept (invariant 5).
    /// </summary>
    private async Task<PaymentOutcome> RunAsync(PayableOrder order, PaymentStep step, IntentSnapshot? current, bool isRepetition)
    {
        using var scope = Log.Step(logger, order.Number, step.Attempt, step.Kind);

        if (step.Kind is not PaymentStepKind.Create)
        {
            var read = current is null ? await gateway.RetrieveAsync(order.IntentId!) : new GatewayAnswer.Answered(current);
            if (read is not GatewayAnswer.Answered { Intent: var intent })
                return await EndWithoutAnswerAsync(order, step, read, isRepetition);
            if (!Belongs(intent, order))
                return await EndWithMismatchAsync(order, step, intent);
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
            return await EndWithoutAnswerAsync(order, step, answer, isRepetition);
        if (!Belongs(answered, order))
            return await EndWithMismatchAsync(order, step, answered);
        return Outcome(await ledger.RecordAsync(order.Id, answered, step), answered);
    }

    /// <summary>Whether the step has something left to do, or the intent has moved past it by another way.</summary>
    private static bool IsStillWanted(PaymentStep step, IntentSnapshot intent) => intent.Happened switch
    {
        PaymentEvent.Succeeded or PaymentEvent.Canceled or PaymentEvent.Authorized or PaymentEvent.Processing => false,
        PaymentEvent.ConfirmationRequired => true,
        _ => step.Kind is not PaymentStepKind.ConfirmAuthenticated,
    };

    private async Task<PaymentOutcome> EndWithoutAnswerAsync(
        PayableOrder order, PaymentStep step, GatewayAnswer answer, bool isRepetition)
    {
        switch (answer)
        {
            case GatewayAnswer.Rejected { Failure: var failure }:
                Log.Rejected(logger, order.Number, failure.Code, failure.DeclineCode);
                await ledger.EndStepAsync(step, PaymentStepResult.Rejected, failure);
                return new PaymentOutcome.Declined(failure);

            // Of a repeated step only this try is known not to have been carried out, not the first one.
            case GatewayAnswer.NotExecuted { Failure: var failure } when !isRepetition:
                Log.NotExecuted(logger, order.Number);
                await ledger.EndStepAsync(step, PaymentStepResult.NotExecuted, failure);
                return new PaymentOutcome.Declined(failure);

            default:
                Log.UnknownOutcome(logger, order.Number);
                return new PaymentOutcome.Unknown();
        }
    }

    private async Task<PaymentOutcome> EndWithMismatchAsync(PayableOrder order, PaymentStep step, IntentSnapshot intent)
    {
        await ledger.EndStepAsync(step, PaymentStepResult.NotExecuted, new PaymentFailure(FailureReason.GenericDecline, "intent_mismatch"));
        return Mismatch(order, intent);
    }

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

        [LoggerMessage(1, LogLevel.Information, "Order {OrderNumber}: Stripe rejected the request, code {Code}, decline code {DeclineCode}")]
        public static partial void Rejected(ILogger logger, string orderNumber, string? code, string? declineCode);

        [LoggerMessage(2, LogLevel.Warning, "Order {OrderNumber}: the request never reached Stripe; nothing was charged")]
        public static partial void NotExecuted(ILogger logger, string orderNumber);

        [LoggerMessage(3, LogLevel.Warning, "Order {OrderNumber}: the outcome is unknown and will be asked for again with the same key")]
        public static partial void UnknownOutcome(ILogger logger, string orderNumber);

        [LoggerMessage(4, LogLevel.Critical, "Order {OrderNumber}: PaymentIntent {IntentId} differs in amount, currency or order")]
        public static partial void IntentMismatch(ILogger logger, string orderNumber, string intentId);
    }
}
