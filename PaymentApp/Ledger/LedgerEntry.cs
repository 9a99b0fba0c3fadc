using Microsoft.EntityFrameworkCore;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Ledger;

/// <summary>A payment with its attempts, steps and refunds, as one context tracks them, and how they change. Of the order only its e-mail address does.</summary>
internal sealed partial class LedgerEntry
{
    private readonly LedgerContext _context;
    private readonly PaymentRows _rows;
    private readonly List<AttemptRow> _attempts;
    private readonly List<RefundRow> _refunds;
    private readonly PaymentsOptions _options;
    private WorkRow? _look;

    private LedgerEntry(LedgerContext context, PaymentRows rows, PaymentsOptions options)
    {
        _context = context;
        _rows = rows;
        _options = options;
        _attempts = rows.Attempts;
        _refunds = rows.Refunds;
        _look = rows.Look;
    }

    public PayableOrder Order => _rows.PayableOrder;

    public PaymentRow Row => _rows.Payment;

    /// <summary>Whether a change left work behind that is due at once.</summary>
    public bool HasWorkDue { get; private set; }

    private AttemptRow? Latest => _attempts.Count == 0 ? null : _attempts[^1];

    private bool HasPendingRefund => _refunds.Any(refund => refund.Status is RefundStatus.Pending);

    private bool IsGivenUp =>
        Row.State is PaymentState.AwaitingAuthentication or PaymentState.AwaitingConfirmation && Latest is { GivenUpAt: not null };

    private StepRow? OpenStep => Latest?.Steps.SingleOrDefault(step => step.Result is null);

    /// <summary>Goes on with the rows of an earlier reading. Null without one, and where they were used, and may have changed, since.</summary>
    public static LedgerEntry? Continue(LedgerContext context, LedgerReading reading, PaymentsOptions options)
    {
        if (reading.Rows is not PaymentRows rows || !rows.TryTake())
            return null;
        // The version that they were read under is compared when they are written.
        context.AttachRange(rows.All);
        return new LedgerEntry(context, rows, options);
    }

    public static async Task<LedgerEntry?> LoadAsync(
        LedgerContext context, OrderId id, PaymentsOptions options, CancellationToken cancellationToken)
    {
        var rows = await PaymentQuery.ReadAsync(context, id, cancellationToken);
        return rows is null ? null : new LedgerEntry(context, rows, options);
    }

    /// <summary>Opens an attempt, whose first step is to follow.</summary>
    public AttemptRow Begin(PaymentMethodId? paymentMethod, AuthenticationMode authentication, CaptureMode capture, DateTime now)
    {
        ThrowIfOpen();
        var attempt = new AttemptRow
        {
            OrderId = Order.Id,
            Number = _attempts.Count + 1,
            PaymentMethodId = paymentMethod,
            Authentication = authentication,
            Capture = capture,
            StartedAt = now,
        };
        _attempts.Add(attempt);
        _context.Attempts.Add(attempt);
        return attempt;
    }

    /// <summary>Keeps where the order's receipt goes. Only with a new attempt: a request that is repeated must stay the same.</summary>
    public void KeepEmail(EmailAddress? email)
    {
        _context.Entry(_rows.Order).Property(order => order.Email).CurrentValue = email;
    }

    /// <summary>Writes the next step of the current attempt.</summary>
    public PaymentStep Write(NewStep operation, PaymentActor actor, DateTime now)
    {
        ThrowIfOpen();
        // The intent may have been opened before the ledger was restored from a backup, or by somebody else.
        var attempt = Latest ?? Begin(paymentMethod: null, _options.Authentication, _options.Capture, now);
        var sequence = attempt.Steps.Count + 1;
        var step = new PaymentStep(
            Order.Id, attempt.Number, sequence, operation.Kind, attempt.PaymentMethodId, attempt.Authentication, attempt.Capture)
        {
            Amount = operation.Amount,
            Reason = operation.Reason,
            WrittenAt = now,
            TriedAt = now,
        };
        step = step with
        {
            IdempotencyKey = PaymentStep.NewKey(Order.Id, attempt.Number, sequence, step.Kind is PaymentStepKind.Create ? null : now),
        };
        var row = new StepRow
        {
            OrderId = step.Order,
            AttemptNumber = step.Attempt,
            Sequence = step.Sequence,
            Kind = step.Kind,
            IdempotencyKey = step.IdempotencyKey,
            MinorUnits = step.Amount?.MinorUnits,
            Reason = step.Reason,
            WrittenAt = now,
            TriedAt = now,
        };
        attempt.Steps.Add(row);
        _context.Steps.Add(row);
        Note(TimelineEvent.StepWritten, actor, now, $"{step.Kind}, attempt {step.Attempt}");
        MovedBy(step.Kind, actor, now);
        return step;
    }

    /// <summary>Counts one more try of an open step; false when the step has ended.</summary>
    public bool Repeat(PaymentStep step, DateTime now)
    {
        var row = RowOf(step);
        if (row.Result is not null)
            return false;

        row.Tries++;
        row.TriedBefore = row.TriedAt ?? row.WrittenAt;
        row.TriedAt = now;
        return true;
    }

    /// <summary>Takes in what Stripe says of the intent. Returns the verdict of the transition table; null for an intent that is not this order's.</summary>
    public TransitionVerdict? Take(IntentSnapshot intent, PaymentActor actor, DateTime now)
    {
        Row.IntentId ??= intent.Id;
        if (Row.IntentId != intent.Id)
        {
            Note(TimelineEvent.IllegalNews, actor, now, $"another intent: {intent.Id}");
            return null;
        }

        KeepOrigin(intent);
        var (verdict, state) = PaymentTransitions.Apply(Row.State, intent.State);
        if (verdict is TransitionVerdict.Illegal)
            Note(TimelineEvent.IllegalNews, actor, now, intent.State.ToString());
        if (verdict is TransitionVerdict.Applied or TransitionVerdict.Duplicate)
            TakeFigures(intent, state, now);
        if (verdict is TransitionVerdict.Applied)
            Enter(state, intent, actor, now);
        return verdict;
    }

    /// <summary>Keeps where the card of an attempt comes from: of an earlier one, too, for which one it was its PaymentMethod says.</summary>
    private void KeepOrigin(IntentSnapshot intent)
    {
        if (intent.Origin is not { } origin)
            return;
        // A test card by its name has another id at Stripe; while the bank is being asked, Stripe tells of the card before it.
        var isLatest = Latest?.PaymentMethodId is { IsTestCard: true }
            && intent.State is not (PaymentState.AwaitingAuthentication or PaymentState.AwaitingConfirmation);
        var tried = _attempts.FindLast(attempt => attempt.PaymentMethodId == origin.PaymentMethod) ?? (isLatest ? Latest : null);
        if (tried is not null)
            tried.CardCountry ??= origin.Country;
    }

    /// <summary>Gives a step its result, once.</summary>
    public void End(PaymentStep step, PaymentStepResult result, PaymentActor actor, DateTime now)
    {
        var row = RowOf(step);
        if (row.Result is not null)
            return;

        row.Result = result;
        row.EndedAt = now;
        if (result is not PaymentStepResult.Answered)
            Note(TimelineEvent.StepEnded, actor, now, $"{step.Kind}: {result}");
        MovedBy(step.Kind, actor, now);
    }

    /// <summary>Ends a step that left the intent as it was; false when one try of several cannot tell.</summary>
    public bool EndWithoutAnswer(
        PaymentStep step, PaymentStepResult result, PaymentFailure failure, bool isProven, PaymentActor actor, DateTime now)
    {
        var row = RowOf(step);
        if (row.Result is not null)
            return false;
        // What was read tells of the tries before it, and somebody else may have made another one since.
        if (result is PaymentStepResult.NotExecuted && row.Tries > 1 && !(isProven && row.TriedAt == step.TriedAt))
            return false;

        End(step, result, actor, now);
        if (step.IsPaying)
            Fail(step.Attempt, failure, actor, now);
        return true;
    }

    /// <summary>Ends a step by an intent that is not what the order says.</summary>
    /// <param name="opened">The intent, to be kept where the order has none; null for one that is not to be.</param>
    public void EndMismatched(PaymentStep step, PaymentIntentId? opened, PaymentFailure failure, PaymentActor actor, DateTime now)
    {
        if (RowOf(step).Result is not null)
            return;

        Row.IntentId ??= opened;
        End(step, PaymentStepResult.NotExecuted, actor, now);
        if (step.IsPaying)
            Fail(step.Attempt, failure, actor, now);
    }

    /// <summary>Notes why an attempt failed.</summary>
    public void Fail(int attempt, PaymentFailure failure, PaymentActor actor, DateTime now)
    {
        var row = _attempts[attempt - 1];
        if ((row.FailureReason, row.FailureCode, row.DeclineCode) == (failure.Reason, failure.Code, failure.DeclineCode))
            return;

        row.FailureReason = failure.Reason;
        row.FailureCode = failure.Code;
        row.DeclineCode = failure.DeclineCode;
        Note(TimelineEvent.AttemptFailed, actor, now, string.Join(", ", new[] { failure.Code, failure.DeclineCode }.OfType<string>()));
    }

    /// <summary>Notes why the attempt under way failed, if it has no failure yet and no request that may still say otherwise.</summary>
    public void FailLatest(PaymentFailure failure, PaymentActor actor, DateTime now)
    {
        if (Latest is { FailureReason: null } && OpenStep is null)
            Fail(_attempts.Count, failure, actor, now);
    }

    /// <summary>Notes that the shopper wants to use another card than that of the attempt under way.</summary>
    public void GiveUp(PaymentActor actor, DateTime now)
    {
        ThrowIfOpen();
        var attempt = Latest ?? throw new InvalidOperationException("This order has no attempt that could be given up.");
        attempt.GivenUpAt = now;
        Note(TimelineEvent.AuthenticationGivenUp, actor, now, $"attempt {attempt.Number}");
        Moved(now);
    }

    /// <summary>Ends an order that Stripe has never heard of.</summary>
    public void Close(PaymentActor actor, DateTime now)
    {
        Row.State = PaymentState.Canceled;
        Note(TimelineEvent.StateChanged, actor, now);
        Moved(now);
    }

    /// <summary>The rows as they are now, for the next change: once they are saved.</summary>
    public LedgerReading Reading => new(new PaymentRows(_rows.Order, Row, _attempts, _refunds, _look));

    public OrderStanding ToStanding() => new(_rows.Order, ToPayment());

    public Payment ToPayment() => new(
        Order,
        Row.State,
        Row.IntentId,
        _attempts.Count,
        OpenStep is { } open ? ToStep(open) : null,
        Latest?.FailureReason is { } reason ? new PaymentFailure(reason, Latest.FailureCode, Latest.DeclineCode) : null,
        Row is { CardBrand: { } brand, CardLast4: { } last4 } ? new CardSummary(brand, last4) : null,
        Row.Version,
        Latest?.PaymentMethodId)
    {
        Authorized = Figure(Row.AuthorizedMinorUnits),
        Captured = Figure(Row.CapturedMinorUnits),
        Refunded = Figure(Row.RefundedMinorUnits),
        RefundPending = Figure(Row.RefundPendingMinorUnits),
        Disputed = Figure(Row.DisputedMinorUnits),
        Lost = Figure(Row.LostMinorUnits),
        Released = Figure(Row.ReleasedMinorUnits),
        HasPendingRefund = HasPendingRefund,
        IsGivenUp = IsGivenUp,
        ChargeId = Row.ChargeId,
        CaptureBefore = Row.CaptureBefore,
        PaidAt = Row.PaidAt,
        MovedAt = Row.MovedAt,
        TraceParent = _look?.TraceParent,
        Reading = Reading,
    };

    private void ThrowIfOpen()
    {
        if (OpenStep is not null)
            throw new InvalidOperationException("A request of this order is still without an answer: settle it first.");
    }

    private StepRow RowOf(PaymentStep step) => _attempts[step.Attempt - 1].Steps.Single(row => row.Sequence == step.Sequence);

    private PaymentStep ToStep(StepRow row) =>
        new(Order.Id, row.AttemptNumber, row.Sequence, row.Kind, Latest!.PaymentMethodId, Latest.Authentication, Latest.Capture)
        {
            Amount = row.MinorUnits is { } minorUnits ? new Money(minorUnits, Order.Amount.Currency) : null,
            Reason = row.Reason,
            WrittenAt = row.WrittenAt,
            TriedAt = row.TriedAt ?? row.WrittenAt,
            TriedBefore = row.TriedBefore,
            IdempotencyKey = row.IdempotencyKey,
        };

    private void Enter(PaymentState state, IntentSnapshot intent, PaymentActor actor, DateTime now)
    {
        Row.State = state;
        Note(TimelineEvent.StateChanged, actor, now);
        if (state is PaymentState.Paid or PaymentState.Authorized)
        {
            Row.CardBrand ??= intent.Card?.Brand;
            Row.CardLast4 ??= intent.Card?.Last4;
        }

        if (state is PaymentState.Paid)
        {
            Row.PaidAt ??= now;
            // The outbox: with the payment it is certain that the shop's handler is called.
            _context.Fulfilments.Add(new FulfilmentRow { OrderId = Order.Id, ReleasedAt = now });
            _context.Work.Add(WorkRow.Create(WorkKind.Fulfilment, Order.Id.Value, Order.Id, now, now));
            if (Order.Email is not null)
                _context.Work.Add(WorkRow.Create(WorkKind.Receipt, Order.Id.Value, Order.Id, now, now));
            HasWorkDue = true;
            Note(TimelineEvent.Released, actor, now);
        }

        Moved(now);
    }

    /// <summary>An order that is abandoned stays so while the sweeper tries to cancel it: a try that failed begins no new day.</summary>
    private void MovedBy(PaymentStepKind step, PaymentActor actor, DateTime now)
    {
        if (step is PaymentStepKind.Cancel && actor is PaymentActor.Sweeper)
            PlanNextLook(now);
        else
            Moved(now);
    }

    private void Moved(DateTime now)
    {
        Row.MovedAt = now;
        PlanNextLook(now);
    }

    private void PlanNextLook(DateTime now) => PlanLook(_isUnread ? TimeSpan.Zero : NextLook.After(
        IsGivenUp ? PaymentState.AwaitingPayment : Row.State,
        Row.IntentId is not null,
        OpenStep is not null,
        HasPendingRefund,
        hold: Row.CaptureBefore - Row.MovedAt,
        sinceMoved: now - Row.MovedAt,
        _options), now);

    /// <param name="wait">How long until the next look; null for none.</param>
    private void PlanLook(TimeSpan? wait, DateTime now)
    {
        HasWorkDue |= wait == TimeSpan.Zero;
        if (_look is not null)
        {
            _look.Plan(now + wait, now);
            // Also what was the same when it was read: a worker may have completed the look in between.
            var look = _context.Entry(_look);
            foreach (var name in WorkRow.Planned)
                look.Property(name).IsModified = true;
        }
        else if (wait is { } until)
        {
            _context.Work.Add(_look = WorkRow.Create(WorkKind.Look, Order.Id.Value, Order.Id, now + until, now));
        }
    }

    private void Note(TimelineEvent what, PaymentActor actor, DateTime now, string? detail = null) => _context.Timeline.Add(new TimelineRow
    {
        OrderId = Order.Id,
        At = now,
        Actor = actor,
        Event = what,
        State = Row.State,
        Detail = detail,
    });
}
