using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace PaymentApp.Payments;

/// <inheritdoc cref="IPaymentService"/>
internal sealed partial class PaymentService(
    IPaymentLedger ledger,
    IPaymentGateway gateway,
    PaymentStepRunner steps,
    AttemptLimits limits,
    ShopperConnection shopper,
    IOptions<PaymentsOptions> options,
    ILogger<PaymentService> logger) : IPaymentService
{
    // The order whose challenge an attempt or a question of this circuit led to: its end belongs to that one, which was counted.
    private OrderId? _challenged;

    public async Task<PaymentOutcome> PayAsync(
        OrderId order, PaymentMethodId paymentMethod, AuthenticationMode? authentication = null, CancellationToken cancellationToken = default)
    {
        const PaymentActor actor = PaymentActor.Shopper;
        var email = shopper.Email;
        var question = new Question(limits, order, shopper.Address);
        _challenged = null;

        // Every turn ends the call or has seen another circuit, a webhook or an old step move the order on.
        while (true)
        {
            var reading = await ReadAsync(order, actor, question, cancellationToken);
            if (reading is not ({ } seen, _))
                return reading.Known!;

            // A second click, not a second attempt: one PaymentMethod has one challenge and one answer.
            if (seen.PaymentMethod == paymentMethod && seen.LastFailure is not { Reason: FailureReason.ServiceBusy })
                return seen.LastFailure is { } failure ? new PaymentOutcome.Declined(failure) : await ConfirmAsync(order, actor, question, cancellationToken);
            if (limits.Take(seen, shopper.Address) is { } refused)
                return refused;

            var mode = authentication ?? options.Value.Authentication;
            // Kept with the attempt's first step: the same key must stand for the same request.
            if (email is not null)
                seen = seen with { Order = seen.Order with { Email = email } };
            if (await ledger.BeginAttemptAsync(seen, paymentMethod, mode, options.Value.Capture, actor, cancellationToken) is { } step
                && await steps.RunAsync(seen, step, current: null, actor) is { } end)
            {
                var outcome = Outcome(end);
                _challenged = outcome is PaymentOutcome.ActionRequired ? order : null;
                return outcome;
            }
        }
    }

    public async Task<PaymentOutcome> ConfirmAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default)
    {
        // What the shop asks by itself has other limits.
        var isCounted = actor is PaymentActor.Shopper && _challenged != order;
        _challenged = null;
        var outcome = await ConfirmAsync(order, actor, isCounted ? new Question(limits, order, shopper.Address) : null, cancellationToken);
        _challenged = isCounted && outcome is PaymentOutcome.ActionRequired ? order : null;
        return outcome;
    }

    private async Task<PaymentOutcome> ConfirmAsync(OrderId order, PaymentActor actor, Question? question, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reading = await ReadAsync(order, actor, question, cancellationToken);
            if (reading is not ({ } seen, _))
                return reading.Known!;
            if (seen.Intent is not { } known)
                return new PaymentOutcome.Refused(RefusalReason.NothingToConfirm);
            if (question?.Ask() is { } refused)
                return refused;
            Activity.Current.AddLinkTo(seen.TraceParent);

            // From here on whoever asked may leave: what Stripe says is kept, and what the bank let pass is confirmed (invariant 5).
            cancellationToken = CancellationToken.None;
            var read = await gateway.RetrieveAsync(known, cancellationToken);
            if (read is GatewayAnswer<IntentSnapshot>.Rejected { Failure: var failure })
                return new PaymentOutcome.Declined(failure);
            if (read is not GatewayAnswer<IntentSnapshot>.Answered { Value: var intent })
                return new PaymentOutcome.Unknown();
            if (!PaymentStepRunner.Belongs(intent, seen))
                return Mismatch(seen, intent);

            var now = await ledger.RecordAsync(order, intent, actor, step: null, cancellationToken);
            if (now is { IsGivenUp: true, OpenStep: null })
                return new PaymentOutcome.Refused(RefusalReason.AuthenticationGivenUp);
            if (now is { State: not PaymentState.AwaitingConfirmation, OpenStep: null })
                return Outcome(now, intent);

            if (now.OpenStep is null
                && await ledger.BeginConfirmationAsync(now, actor, cancellationToken) is { } step
                && await steps.RunAsync(now, step, intent, actor) is { } end)
                return Outcome(end);
        }
    }

    public async Task<Payment?> GiveUpAuthenticationAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var seen = await ledger.FindAsync(order, cancellationToken);
            if (seen is not { State: PaymentState.AwaitingAuthentication or PaymentState.AwaitingConfirmation, IsGivenUp: false, OpenStep: null })
                return seen;
            if (await ledger.GiveUpAsync(seen, PaymentActor.Shopper, cancellationToken) is { } now)
                return now;
        }
    }

    public Task<int?> FindVersionAsync(OrderId order, CancellationToken cancellationToken = default) =>
        ledger.FindVersionAsync(order, cancellationToken);

    public Task<Payment?> FindAsync(OrderId order, CancellationToken cancellationToken = default) =>
        ledger.FindAsync(order, cancellationToken);

    public async Task<Payment?> RefreshAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default)
    {
        var seen = await ledger.FindAsync(order, cancellationToken);
        if (seen?.OpenStep is not null)
        {
            await steps.SettleAsync(seen, actor);
            seen = await ledger.FindAsync(order, cancellationToken);
        }

        if (seen is not { Intent: { } known, OpenStep: null, State: not (PaymentState.Paid or PaymentState.Canceled) })
            return seen;
        if (await gateway.RetrieveAsync(known, cancellationToken) is not GatewayAnswer<IntentSnapshot>.Answered { Value: var intent })
            return seen;
        if (PaymentStepRunner.Belongs(intent, seen))
            return await ledger.RecordAsync(order, intent, actor, step: null, cancellationToken);

        Mismatch(seen, intent);
        return seen;
    }

    /// <summary>
    /// Reads an order and settles the request whose outcome is unknown. Exactly one of the two: an order that is free for
    /// its next step, or the outcome where there is nothing left to do or no way on.
    /// </summary>
    /// <param name="question">Whoever asks, where that is limited.</param>
    private async Task<(Payment? Free, PaymentOutcome? Known)> ReadAsync(
        OrderId order, PaymentActor actor, Question? question, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ledger.FindAsync(order, cancellationToken) is not { } seen)
                return (null, new PaymentOutcome.Refused(RefusalReason.UnknownOrder));
            if (Settled(seen) is { } settled)
                return (null, settled);
            if (seen.OpenStep is null)
                return (seen, null);
            if (question?.Ask() is { } refused)
                return (null, refused);
            if (Blocked(await steps.SettleAsync(seen, actor)) is { } blocked)
                return (null, blocked);
        }
    }

    /// <summary>What an open step that was asked about leaves no way around; null when the order can be read again and go on.</summary>
    private static PaymentOutcome? Blocked(StepEnd? settled) => settled switch
    {
        StepEnd.Unknown => new PaymentOutcome.Unknown(),
        StepEnd.Mismatch => new PaymentOutcome.Refused(RefusalReason.IntentMismatch),
        _ => null,
    };

    private PaymentOutcome.Refused Mismatch(Payment payment, IntentSnapshot intent)
    {
        Log.IntentMismatch(logger, payment.Order.Number, intent.Id);
        return new PaymentOutcome.Refused(RefusalReason.IntentMismatch);
    }

    private static PaymentOutcome? Settled(Payment payment) => payment.State switch
    {
        PaymentState.Paid => new PaymentOutcome.Succeeded(payment.Receipt),
        PaymentState.Authorized => new PaymentOutcome.RequiresCapture(payment.Receipt),
        PaymentState.Processing => new PaymentOutcome.Processing(),
        PaymentState.Canceled => new PaymentOutcome.Canceled(),
        _ => null,
    };

    private static PaymentOutcome Outcome(StepEnd end) => end switch
    {
        StepEnd.Recorded { Payment: var payment, Intent: { } intent } => Outcome(payment, intent),
        StepEnd.Failed { Failure: var failure } => new PaymentOutcome.Declined(failure),
        StepEnd.Mismatch => new PaymentOutcome.Refused(RefusalReason.IntentMismatch),
        _ => new PaymentOutcome.Unknown(),
    };

    private static PaymentOutcome Outcome(Payment payment, IntentSnapshot intent) => Settled(payment) ?? payment.State switch
    {
        PaymentState.AwaitingPayment =>
            new PaymentOutcome.Declined(intent.Failure ?? payment.LastFailure ?? new PaymentFailure(FailureReason.GenericDecline)),
        PaymentState.AwaitingAuthentication when intent.ClientSecret is { } secret => new PaymentOutcome.ActionRequired(secret),
        _ => new PaymentOutcome.Unknown(),
    };

    /// <summary>What one call wants to know of Stripe before it does anything: one question, however many requests it takes.</summary>
    private sealed class Question(AttemptLimits limits, OrderId order, string? address)
    {
        private bool _mayBeAsked;

        /// <returns>Null where Stripe may be asked, which is counted once; otherwise why not.</returns>
        public PaymentOutcome.Refused? Ask()
        {
            var refused = _mayBeAsked ? null : limits.TakeQuestion(order, address);
            _mayBeAsked = refused is null;
            return refused;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Order {OrderNumber}: PaymentIntent {IntentId} differs in amount, currency or order")]
        public static partial void IntentMismatch(ILogger logger, string orderNumber, PaymentIntentId intentId);
    }
}
