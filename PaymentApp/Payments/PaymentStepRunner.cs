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
    /// <param name="MayWorkLater">Whether the request was turned away unread, or never received.</param>
    public sealed record Failed(PaymentFailure Failure, bool MayWorkLater) : StepEnd;

    /// <summary>A definite no, because the payment was moved elsewhere: the step is over, and the ledger holds how the payment stands.</summary>
    public sealed record Overtaken(Payment Payment, PaymentFailure Failure) : StepEnd;

    /// <summary>What Stripe holds is not what the order says: the step is over, and nothing more is done to it.</summary>
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

    // Longer than a request is waited for: one that was made before that is not under way any more.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Repeats the open step of an order, whose outcome is unknown. Null when somebody else has settled it meanwhile:
    /// read the order again.
    /// </summary>
    public async Task<StepEnd?> SettleAsync(Payment payment, PaymentActor actor)
    {
        var step = payment.OpenStep ?? throw new InvalidOperationException("This order has no open step.");
        return await ledger.RepeatStepAsync(step) is { OpenStep: { } again } now ? await RunAsync(now, again, current: null, actor) : null;
    }

    /// <summary>
    /// Makes the request of a step. Null when somebody else, who asked the same, has the answer: read the order again.
    /// </summary>
    /// <param name="current">The order's intent, where it was read a moment ago.</param>
    public async Task<StepEnd?> RunAsync(Payment payment, PaymentStep step, IntentSnapshot? current, PaymentActor actor)
    {
        using var scope = Log.Step(logger, payment.Order.Number, step.Attempt, step.Kind);
        using var activity = PaymentTracing.StartStep(payment, step);
        var end = await MakeRequestAsync(payment, step, current, actor);
        activity.SetEnd(end);
        return end;
    }

    private async Task<StepEnd?> MakeRequestAsync(Payment payment, PaymentStep step, IntentSnapshot? current, PaymentActor actor)
    {
        // A known intent is read first, and never created again.
        if (payment.Intent is { } known)
        {
            var read = current is null ? await gateway.RetrieveAsync(known) : new GatewayAnswer<IntentSnapshot>.Answered(current);
            if (read is not GatewayAnswer<IntentSnapshot>.Answered { Value: var intent })
                return await EndWithoutReadingAsync(payment, step, read, actor);
            if (!Belongs(intent, payment))
                return await EndMismatchedAsync(payment, step, intent, actor);

            if (!HasWorkLeft(step, intent))
                return new StepEnd.Recorded(await ledger.RecordAsync(payment.Order.Id, intent, actor, step), intent);

            // Who gives money back is to see all that went back, and not this refund alone.
            if (step.Kind is PaymentStepKind.Refund
                && ShowsMoreRefunds(intent, payment)
                && await gateway.ReadPaymentAsync(known, intent) is GatewayAnswer<PaymentSnapshot>.Answered { Value: var snapshot })
                await ledger.RecordPaymentAsync(payment.Order.Id, snapshot, actor);
        }

        if (clock.GetUtcNow().UtcDateTime - step.WrittenAt > KeyLifetime)
            return await EndByReadingAsync(payment, step, failure: null, actor);

        return step.Kind is PaymentStepKind.Refund
            ? await RefundAsync(payment, step, actor)
            : await MoveIntentAsync(payment, step, actor);
    }

    private static bool ShowsMoreRefunds(IntentSnapshot intent, Payment payment) => intent.Charge is { Refunded: var refunded }
        && refunded != payment.Refunded
        && refunded.MinorUnits != payment.Refunded.MinorUnits + payment.Released.MinorUnits;

    private async Task<StepEnd?> MoveIntentAsync(Payment payment, PaymentStep step, PaymentActor actor)
    {
        var answer = await AskAsync(payment, step);
        if (answer is not GatewayAnswer<IntentSnapshot>.Answered { Value: var intent })
            return await EndAsync(payment, step, answer, actor);

        if (!Belongs(intent, payment))
        {
            // The request was made, and the answer may have been garbled on its way: what is true, reading tells.
            if (await gateway.RetrieveAsync(payment.Intent ?? intent.Id) is not GatewayAnswer<IntentSnapshot>.Answered { Value: var read })
                return Unknown(payment);
            if (!Belongs(read, payment))
                return await EndMismatchedAsync(payment, step, read, actor);
            intent = read;
        }

        return new StepEnd.Recorded(await ledger.RecordAsync(payment.Order.Id, intent, actor, step), intent);
    }

    private async Task<StepEnd?> RefundAsync(Payment payment, PaymentStep step, PaymentActor actor)
    {
        var answer = await gateway.RefundAsync(IntentOf(payment, step), step.Amount!.Value, step.Reason, step.IdempotencyKey);
        return answer is GatewayAnswer<RefundSnapshot>.Answered { Value: var refund }
            ? new StepEnd.Recorded(await ledger.RecordRefundAsync(payment.Order.Id, refund, actor, step), Intent: null, refund)
            : await EndAsync(payment, step, answer, actor);
    }

    /// <summary>Ends a step by an answer that did not say how things stand, as <see cref="PaymentStepEndings"/> has it.</summary>
    private async Task<StepEnd?> EndAsync<T>(Payment payment, PaymentStep step, GatewayAnswer<T> answer, PaymentActor actor)
    {
        switch (PaymentStepEndings.Of(step.Kind, answer))
        {
            case StepEnding.EndedByReading:
                return await EndByReadingAsync(payment, step, FailureOf(answer), actor, isOvertaken: answer is GatewayAnswer<T>.Overtaken);
            case StepEnding.EndedIfOnlyTry when IsPastEveryTry(step):
                return await EndByReadingAsync(payment, step, FailureOf(answer), actor);
            default:
                return await EndWithoutReadingAsync(payment, step, answer, actor);
        }
    }

    /// <summary>Whether the step was tried before, so long ago that only reading is left to tell what became of it.</summary>
    private bool IsPastEveryTry(PaymentStep step) =>
        step.TriedBefore is { } before && clock.GetUtcNow().UtcDateTime - before > LongestRequest;

    /// <summary>
    /// The request is over and its key says nothing more: what it did, the intent and its refunds tell. Asking under
    /// another key could move the money twice.
    /// </summary>
    /// <param name="failure">What the step ends with where it turns out that no try was carried out; null where any end is its end.</param>
    /// <param name="isOvertaken">Whether Stripe said that it knows more: then the step failed, however things stand.</param>
    private async Task<StepEnd?> EndByReadingAsync(
        Payment payment, PaymentStep step, PaymentFailure? failure, PaymentActor actor, bool isOvertaken = false)
    {
        var read = await ReadAsync(payment, step);
        if (read is GatewayAnswer<PaymentSnapshot>.Rejected { Failure: var missing })
            return await EndAsNotCarriedOutAsync(payment, step, PaymentStepResult.Rejected, failure ?? missing, actor);
        // That reading failed says nothing of the request.
        if (read is not GatewayAnswer<PaymentSnapshot>.Answered { Value: { Intent: var intent } snapshot })
            return Unknown(payment);
        if (!Belongs(intent, payment))
            return await EndMismatchedAsync(payment, step, intent, actor);

        // Only a refund that names the step is the step's: another one of the same amount may have been made elsewhere.
        var made = snapshot.Refunds?.SingleOrDefault(refund => refund.StepKey == step.IdempotencyKey);
        if (isOvertaken && !step.IsPaying && made is null)
        {
            var now = await ledger.RecordPaymentAsync(payment.Order.Id, snapshot, actor, step, PaymentStepResult.Rejected);
            Log.Overtaken(logger, payment.Order.Number, failure?.Code, now.State);
            return new StepEnd.Overtaken(now, failure ?? new PaymentFailure(FailureReason.ServiceBusy));
        }

        if (failure is not null && !isOvertaken && made is null && HasWorkLeft(step, intent))
        {
            await ledger.RecordPaymentAsync(payment.Order.Id, snapshot, actor);
            return await EndAsNotCarriedOutAsync(payment, step, PaymentStepResult.NotExecuted, failure, actor);
        }

        return new StepEnd.Recorded(await ledger.RecordPaymentAsync(payment.Order.Id, snapshot, actor, step), intent, made);
    }

    private async Task<GatewayAnswer<PaymentSnapshot>> ReadAsync(Payment payment, PaymentStep step)
    {
        if (payment.Intent is { } known && step.IsPaying)
            return Only(await gateway.RetrieveAsync(known));
        if (payment.Intent is { } operated)
            return await gateway.ReadPaymentAsync(operated);

        // After the end of the key nobody made the request any more.
        var until = step.TriedAt < step.WrittenAt + KeyLifetime ? step.TriedAt : step.WrittenAt + KeyLifetime;
        return Only(await gateway.SearchAsync(payment.Order.Id, step.WrittenAt, until));
    }

    private static GatewayAnswer<PaymentSnapshot> Only(GatewayAnswer<IntentSnapshot> answer) => answer switch
    {
        GatewayAnswer<IntentSnapshot>.Answered { Value: var intent } => new GatewayAnswer<PaymentSnapshot>.Answered(new PaymentSnapshot(intent)),
        GatewayAnswer<IntentSnapshot>.Rejected { Failure: var failure } => new GatewayAnswer<PaymentSnapshot>.Rejected(failure),
        _ => new GatewayAnswer<PaymentSnapshot>.Unknown(),
    };

    /// <summary>Invariant 3: what Stripe holds is what the order says.</summary>
    public static bool Belongs(IntentSnapshot intent, Payment payment) =>
        intent.Amount == payment.Order.Amount && intent.Order == payment.Order.Id && (payment.Intent is null || payment.Intent == intent.Id);

    private Task<GatewayAnswer<IntentSnapshot>> AskAsync(Payment payment, PaymentStep step) => step.Kind switch
    {
        PaymentStepKind.Create => gateway.CreateAsync(
            new NewIntent(payment.Order, step.PaymentMethod!.Value, step.Authentication, step.Capture), step.IdempotencyKey),
        PaymentStepKind.Confirm => gateway.ConfirmAsync(
            IntentOf(payment, step), new Confirmation(step.PaymentMethod, step.Authentication) { ReceiptEmail = payment.Order.Email },
            step.IdempotencyKey),
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

    /// <summary>Ends a step that left the intent as it was, where the answer to this one try can tell.</summary>
    private Task<StepEnd?> EndWithoutReadingAsync<T>(Payment payment, PaymentStep step, GatewayAnswer<T> answer, PaymentActor actor) =>
        PaymentStepEndings.Of(step.Kind, answer) switch
        {
            StepEnding.Ended => EndAsync(payment, step, PaymentStepResult.Rejected, FailureOf(answer)!, isProven: false, actor),
            StepEnding.EndedIfOnlyTry => EndAsync(payment, step, PaymentStepResult.NotExecuted, FailureOf(answer)!, isProven: false, actor),
            _ => Task.FromResult<StepEnd?>(Unknown(payment)),
        };

    private Task<StepEnd?> EndAsNotCarriedOutAsync(
        Payment payment, PaymentStep step, PaymentStepResult result, PaymentFailure failure, PaymentActor actor) =>
        EndAsync(payment, step, result, failure, isProven: true, actor);

    private async Task<StepEnd?> EndAsync(
        Payment payment, PaymentStep step, PaymentStepResult result, PaymentFailure failure, bool isProven, PaymentActor actor)
    {
        if (await ledger.EndStepAsync(step, result, failure, actor, isProven))
        {
            Log.Ended(logger, payment.Order.Number, result, failure.Code, failure.DeclineCode);
            return new StepEnd.Failed(failure, MayWorkLater: result is PaymentStepResult.NotExecuted);
        }

        var open = (await ledger.FindAsync(payment.Order.Id))?.OpenStep;
        return open?.IdempotencyKey == step.IdempotencyKey ? Unknown(payment) : null;
    }

    private static PaymentFailure? FailureOf<T>(GatewayAnswer<T> answer) => answer switch
    {
        GatewayAnswer<T>.Rejected { Failure: var failure } => failure,
        GatewayAnswer<T>.Overtaken { Failure: var failure } => failure,
        GatewayAnswer<T>.NotExecuted { Failure: var failure } => failure,
        _ => null,
    };

    private StepEnd.Unknown Unknown(Payment payment)
    {
        Log.UnknownOutcome(logger, payment.Order.Number);
        return new StepEnd.Unknown();
    }

    /// <summary>Ends a step whose intent, as it was read, is not what the order says.</summary>
    private async Task<StepEnd> EndMismatchedAsync(Payment payment, PaymentStep step, IntentSnapshot intent, PaymentActor actor)
    {
        await ledger.EndMismatchedStepAsync(
            step, intent.Id, new PaymentFailure(FailureReason.GenericDecline, "intent_mismatch"), actor);
        Log.IntentMismatch(logger, payment.Order.Number, intent.Id);
        return new StepEnd.Mismatch();
    }


    private static partial class Log
    {
        public static readonly Func<ILogger, string, int, PaymentStepKind, IDisposable?> Step =
            LoggerMessage.DefineScope<string, int, PaymentStepKind>("Order {OrderNumber}, attempt {Attempt}, {Step}");

        [LoggerMessage(1, LogLevel.Information, "Order {OrderNumber}: the request ended {Result} and moved no money, code {Code}, decline code {DeclineCode}")]
        public static partial void Ended(ILogger logger, string orderNumber, PaymentStepResult result, string? code, string? declineCode);

        [LoggerMessage(2, LogLevel.Information, "Order {OrderNumber}: the request moved no money, code {Code}: the payment was moved elsewhere and is {State}")]
        public static partial void Overtaken(ILogger logger, string orderNumber, string? code, PaymentState state);

        [LoggerMessage(3, LogLevel.Warning, "Order {OrderNumber}: the outcome is unknown and will be asked for again with the same key")]
        public static partial void UnknownOutcome(ILogger logger, string orderNumber);

        [LoggerMessage(4, LogLevel.Critical, "Order {OrderNumber}: PaymentIntent {IntentId} differs in amount, currency or order")]
        public static partial void IntentMismatch(ILogger logger, string orderNumber, PaymentIntentId intentId);
    }
}
