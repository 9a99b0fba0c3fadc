namespace PaymentApp.Payments;

/// <summary>How a step that was run came out.</summary>
internal abstract record StepEnd
{
    private StepEnd()
    {
    }

    /// <summary>The provider answered, and the ledger holds it.</summary>
    /// <param name="Intent">What was said of the intent; null where the step was about a refund.</param>
    /// <param name="Refund">What was said of the refund; null where the step was about the intent.</param>
    public sealed record Recorded(Payment Payment, IntentSnapshot? Intent, RefundSnapshot? Refund = null) : StepEnd;

    /// <summary>A definite no: the step is over and the intent is as it was.</summary>
    public sealed record Failed(PaymentFailure Failure) : StepEnd;

    /// <summary>What Stripe holds is not what the order says; nothing was done to it.</summary>
    public sealed record Mismatch : StepEnd;

    /// <summary>Nobody knows yet; the step stays open.</summary>
    public sealed record Unknown : StepEnd;
}

/// <summary>
/// Makes the request of a step that the ledger holds, for the first time or again, and keeps the answer. Takes no
/// cancellation: whoever asked may leave, the request is finished and its answer kept (invariant 5).
/// </summary>
internal sealed partial class PaymentStepRunner(
    IPaymentLedger ledger, IPaymentGateway gateway, TimeProvider clock, ILogger<PaymentStepRunner> logger)
{
    // Stripe forgets a key after 24 hours at the earliest; the same request after that could move money again.
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(23);

    // Stripe's clock and ours need not agree to the second.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Repeats the open step of an order, whose outcome is unknown. Null when somebody else has settled it meanwhile:
    /// read the order again.
    /// </summary>
    public async Task<StepEnd?> SettleAsync(Payment payment, PaymentActor actor)
    {
        var step = payment.OpenStep ?? throw new InvalidOperationException("This order has no open step.");
        return await ledger.RepeatStepAsync(step) is { } now ? await RunAsync(now, step, current: null, actor) : null;
    }

    /// <summary>
    /// Makes the request of a step. Null when somebody else, who asked the same, has the answer: read the order again.
    /// </summary>
    /// <param name="current">The order's intent, where it was read a moment ago.</param>
    public async Task<StepEnd?> RunAsync(Payment payment, PaymentStep step, IntentSnapshot? current, PaymentActor actor)
    {
        using var scope = Log.Step(logger, payment.Order.Number, step.Attempt, step.Kind);

        // A known intent is read first, and never created again.
        if (payment.Intent is { } known)
        {
            var read = current is null ? await gateway.RetrieveAsync(known) : new GatewayAnswer<IntentSnapshot>.Answered(current);
            if (read is not GatewayAnswer<IntentSnapshot>.Answered { Value: var intent })
                return await EndWithoutAnswerAsync(payment, step, read, actor);
            if (!Belongs(intent, payment))
            {
                await ledger.EndStepAsync(
                    step, PaymentStepResult.NotExecuted, new PaymentFailure(FailureReason.GenericDecline, "intent_mismatch"), actor);
                return Mismatch(payment, intent);
            }

            if (!HasWorkLeft(step, intent))
                return new StepEnd.Recorded(await ledger.RecordAsync(payment.Order.Id, intent, actor, step), intent);
        }

        if (clock.GetUtcNow().UtcDateTime - step.WrittenAt > KeyLifetime)
            return await EndByReadingAsync(payment, step, actor);

        return step.Kind is PaymentStepKind.Refund
            ? await RefundAsync(payment, step, actor)
            : await MoveIntentAsync(payment, step, actor);
    }

    private async Task<StepEnd?> MoveIntentAsync(Payment payment, PaymentStep step, PaymentActor actor)
    {
        switch (await AskAsync(payment, step))
        {
            case GatewayAnswer<IntentSnapshot>.Answered { Value: var intent } when Belongs(intent, payment):
                return new StepEnd.Recorded(await ledger.RecordAsync(payment.Order.Id, intent, actor, step), intent);
            case GatewayAnswer<IntentSnapshot>.Answered { Value: var intent }:
                // The request was made, whatever this answer is: the step stays open, and no other intent may be opened.
                return Mismatch(payment, intent);
            case GatewayAnswer<IntentSnapshot>.Unknown { HasEnded: true }:
                return await EndByReadingAsync(payment, step, actor);
            case var other:
                return await EndWithoutAnswerAsync(payment, step, other, actor);
        }
    }

    private async Task<StepEnd?> RefundAsync(Payment payment, PaymentStep step, PaymentActor actor)
    {
        switch (await gateway.RefundAsync(IntentOf(payment, step), step.Amount!.Value, step.Reason, step.IdempotencyKey))
        {
            case GatewayAnswer<RefundSnapshot>.Answered { Value: var refund }:
                return new StepEnd.Recorded(await ledger.RecordRefundAsync(payment.Order.Id, refund, actor, step), Intent: null, refund);
            case GatewayAnswer<RefundSnapshot>.Unknown { HasEnded: true }:
                return await EndByReadingAsync(payment, step, actor);
            case var other:
                return await EndWithoutAnswerAsync(payment, step, other, actor);
        }
    }

    /// <summary>
    /// The request is over and its key says nothing more: what it did, the intent and its refunds tell. Asking under
    /// another key could move the money twice.
    /// </summary>
    private async Task<StepEnd?> EndByReadingAsync(Payment payment, PaymentStep step, PaymentActor actor)
    {
        var read = payment.Intent is { } known
            ? await gateway.RetrieveAsync(known)
            : await gateway.SearchAsync(payment.Order.Id, step.WrittenAt);
        // That reading failed says nothing of the request.
        if (read is not GatewayAnswer<IntentSnapshot>.Answered { Value: var intent })
        {
            return await EndWithoutAnswerAsync(
                payment, step, read is GatewayAnswer<IntentSnapshot>.Rejected ? read : new GatewayAnswer<IntentSnapshot>.Unknown(), actor);
        }

        if (!Belongs(intent, payment))
            return Mismatch(payment, intent);

        RefundSnapshot? made = null;
        if (step.Kind is PaymentStepKind.Refund)
        {
            if (await gateway.ListRefundsAsync(intent.Id) is not GatewayAnswer<IReadOnlyList<RefundSnapshot>>.Answered { Value: var refunds })
                return new StepEnd.Unknown();
            foreach (var refund in refunds)
                await ledger.RecordRefundAsync(payment.Order.Id, refund, actor);
            made = refunds.Where(refund => refund.Amount == step.Amount && refund.CreatedAt > step.WrittenAt - ClockDifference)
                .MaxBy(refund => refund.CreatedAt);
        }

        return new StepEnd.Recorded(await ledger.RecordAsync(payment.Order.Id, intent, actor, step), intent, made);
    }

    /// <summary>Invariant 3: what Stripe holds is what the order says.</summary>
    public static bool Belongs(IntentSnapshot intent, Payment payment) =>
        intent.Amount == payment.Order.Amount && intent.Order == payment.Order.Id && (payment.Intent is null || payment.Intent == intent.Id);

    private Task<GatewayAnswer<IntentSnapshot>> AskAsync(Payment payment, PaymentStep step) => step.Kind switch
    {
        PaymentStepKind.Create => gateway.CreateAsync(
            new NewIntent(payment.Order, step.PaymentMethod, step.Authentication, step.Capture), step.IdempotencyKey),
        PaymentStepKind.Confirm => gateway.ConfirmAsync(
            IntentOf(payment, step), new Confirmation(step.PaymentMethod, step.Authentication), step.IdempotencyKey),
        PaymentStepKind.ConfirmAuthenticated => gateway.ConfirmAsync(
            IntentOf(payment, step), new Confirmation(null, step.Authentication), step.IdempotencyKey),
        PaymentStepKind.Capture => gateway.CaptureAsync(IntentOf(payment, step), step.Amount, step.IdempotencyKey),
        PaymentStepKind.Cancel => gateway.CancelAsync(IntentOf(payment, step), step.Reason, step.IdempotencyKey),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, null),
    };

    private static PaymentIntentId IntentOf(Payment payment, PaymentStep step) =>
        payment.Intent ?? throw new InvalidOperationException($"A {step.Kind} needs the order's PaymentIntent.");

    /// <summary>Whether the step has something left to do, or the intent has moved past it by another way.</summary>
    private static bool HasWorkLeft(PaymentStep step, IntentSnapshot intent) => (step.Kind, intent.State) switch
    {
        (PaymentStepKind.Refund, var state) => state is PaymentState.Paid,
        (_, PaymentState.Paid or PaymentState.Canceled) => false,
        (PaymentStepKind.Cancel, _) => true,
        (PaymentStepKind.Capture, var state) => state is PaymentState.Authorized,
        (_, PaymentState.Authorized or PaymentState.Processing) => false,
        (PaymentStepKind.ConfirmAuthenticated, var state) => state is PaymentState.AwaitingConfirmation,
        (var kind, _) => kind is PaymentStepKind.Confirm,
    };

    private async Task<StepEnd?> EndWithoutAnswerAsync<T>(Payment payment, PaymentStep step, GatewayAnswer<T> answer, PaymentActor actor)
    {
        if (Ending(step, answer) is var (result, failure))
        {
            if (await ledger.EndStepAsync(step, result, failure, actor))
            {
                Log.Ended(logger, payment.Order.Number, result, failure.Code, failure.DeclineCode);
                return new StepEnd.Failed(failure);
            }

            if ((await ledger.FindAsync(payment.Order.Id))?.OpenStep != step)
                return null;
        }

        Log.UnknownOutcome(logger, payment.Order.Number);
        return new StepEnd.Unknown();
    }

    private static (PaymentStepResult Result, PaymentFailure Failure)? Ending<T>(PaymentStep step, GatewayAnswer<T> answer) => answer switch
    {
        GatewayAnswer<T>.Rejected { Failure: var failure } => (PaymentStepResult.Rejected, failure),

        // Who has authenticated will be charged by whoever looks next, so nobody is told that it failed.
        GatewayAnswer<T>.NotExecuted when step.Kind is PaymentStepKind.ConfirmAuthenticated => null,
        GatewayAnswer<T>.NotExecuted { Failure: var failure } => (PaymentStepResult.NotExecuted, failure),
        _ => null,
    };

    private StepEnd.Mismatch Mismatch(Payment payment, IntentSnapshot intent)
    {
        Log.IntentMismatch(logger, payment.Order.Number, intent.Id);
        return new StepEnd.Mismatch();
    }

    private static partial class Log
    {
        public static readonly Func<ILogger, string, int, PaymentStepKind, IDisposable?> Step =
            LoggerMessage.DefineScope<string, int, PaymentStepKind>("Order {OrderNumber}, attempt {Attempt}, {Step}");

        [LoggerMessage(1, LogLevel.Information, "Order {OrderNumber}: the request ended {Result} and moved no money, code {Code}, decline code {DeclineCode}")]
        public static partial void Ended(ILogger logger, string orderNumber, PaymentStepResult result, string? code, string? declineCode);

        [LoggerMessage(3, LogLevel.Warning, "Order {OrderNumber}: the outcome is unknown and will be asked for again with the same key")]
        public static partial void UnknownOutcome(ILogger logger, string orderNumber);

        [LoggerMessage(4, LogLevel.Critical, "Order {OrderNumber}: PaymentIntent {IntentId} differs in amount, currency or order")]
        public static partial void IntentMismatch(ILogger logger, string orderNumber, PaymentIntentId intentId);
    }
}
