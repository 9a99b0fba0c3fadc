using Microsoft.EntityFrameworkCore;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>A payment with its attempts, steps and refunds, as one context tracks them, and how they change. The order is only read.</summary>
internal sealed class LedgerEntry
{
    private readonly LedgerContext context;
    private readonly List<AttemptRow> attempts;
    private readonly List<RefundRow> refunds;
    private readonly PaymentsOptions options;

    private LedgerEntry(
        LedgerContext context, PayableOrder order, PaymentRow row, List<AttemptRow> attempts, List<RefundRow> refunds, PaymentsOptions options)
    {
        this.context = context;
        this.attempts = attempts;
        this.refunds = refunds;
        this.options = options;
        Order = order;
        Row = row;
    }

    public PayableOrder Order { get; }

    public PaymentRow Row { get; }

    private AttemptRow? Latest => attempts.Count == 0 ? null : attempts[^1];

    private bool IsGivenUp =>
        Row.State is PaymentState.AwaitingAuthentication or PaymentState.AwaitingConfirmation && Latest is { GivenUpAt: not null };

    private StepRow? OpenStep => Latest?.Steps.SingleOrDefault(step => step.Result is null);

    public static async Task<LedgerEntry?> LoadAsync(
        LedgerContext context, OrderId id, PaymentsOptions options, CancellationToken cancellationToken)
    {
        // One statement, so that all rows are of one moment. Plain joins, so that it goes by key in every table: a
        // collection within a collection becomes a joined subquery, which SQLite puts together for the whole shop.
        var rows = await (
            from payment in context.Payments
            join order in context.Orders on payment.OrderId equals order.Id
            from attempt in context.Attempts.Where(attempt => attempt.OrderId == payment.OrderId).DefaultIfEmpty()
            from step in context.Steps
                .Where(step => step.OrderId == attempt.OrderId && step.AttemptNumber == attempt.Number).DefaultIfEmpty()
            from refund in context.Refunds.Where(refund => refund.OrderId == payment.OrderId).DefaultIfEmpty()
            where payment.OrderId == id
            orderby attempt.Number, step.Sequence
            select new { payment, order = new PayableOrder(order.Id, order.Number, order.Amount), attempt, step, refund })
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
            return null;

        // The context has put the steps below their attempts.
        var attempts = rows.Select(row => row.attempt).OfType<AttemptRow>().Distinct().ToList();
        var refunds = rows.Select(row => row.refund).OfType<RefundRow>().Distinct().ToList();
        return new LedgerEntry(context, rows[0].order, rows[0].payment, attempts, refunds, options);
    }

    /// <summary>Opens an attempt, whose first step is to follow.</summary>
    public void Begin(PaymentMethodId paymentMethod, AuthenticationMode authentication, CaptureMode capture, DateTime now)
    {
        ThrowIfOpen();
        var attempt = new AttemptRow
        {
            OrderId = Order.Id,
            Number = attempts.Count + 1,
            PaymentMethodId = paymentMethod,
            Authentication = authentication,
            Capture = capture,
            StartedAt = now,
        };
        attempts.Add(attempt);
        context.Attempts.Add(attempt);
    }

    /// <summary>Writes the next step of the current attempt.</summary>
    public PaymentStep Write(NewStep operation, PaymentActor actor, DateTime now)
    {
        ThrowIfOpen();
        var attempt = Latest ?? throw new InvalidOperationException("This order has no attempt that the request could belong to.");
        var step = new PaymentStep(
            Order.Id, attempt.Number, attempt.Steps.Count + 1, operation.Kind, attempt.PaymentMethodId, attempt.Authentication, attempt.Capture)
        {
            Amount = operation.Amount,
            Reason = operation.Reason,
            WrittenAt = now,
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
        };
        attempt.Steps.Add(row);
        context.Steps.Add(row);
        Note(TimelineEvent.StepWritten, actor, now, $"{step.Kind}, attempt {step.Attempt}");
        Moved(now);
        return step;
    }

    /// <summary>Counts one more try of an open step; false when the step has ended.</summary>
    public bool Repeat(PaymentStep step)
    {
        var row = RowOf(step);
        if (row.Result is not null)
            return false;

        row.Tries++;
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

        if (intent.IsDisputed && !Row.IsDisputed)
        {
            Row.IsDisputed = true;
            Note(TimelineEvent.Disputed, actor, now);
        }

        var (verdict, state) = PaymentTransitions.Apply(Row.State, intent.State);
        if (verdict is TransitionVerdict.Illegal)
            Note(TimelineEvent.IllegalNews, actor, now, intent.State.ToString());
        if (verdict is TransitionVerdict.Applied)
            Enter(state, intent, actor, now);
        return verdict;
    }

    /// <summary>Takes in what Stripe says of a refund.</summary>
    public void Take(RefundSnapshot refund, PaymentActor actor, DateTime now)
    {
        var row = refunds.SingleOrDefault(known => known.Id == refund.Id);
        // Readers may overtake each other, and what a refund was before is no news.
        if (row is not null && Progress(refund.Status) <= Progress(row.Status))
            return;

        if (row is null)
        {
            row = new RefundRow
            {
                Id = refund.Id,
                OrderId = Order.Id,
                MinorUnits = refund.Amount.MinorUnits,
                Status = refund.Status,
                FailureCode = refund.FailureCode,
                RecordedAt = now,
            };
            refunds.Add(row);
            context.Refunds.Add(row);
        }
        else
        {
            row.Status = refund.Status;
            row.FailureCode = refund.FailureCode;
        }

        Row.RefundedMinorUnits = GivenBack();
        Note(TimelineEvent.RefundChanged, actor, now, $"{refund.Status}, {refund.Amount}{(refund.FailureCode is { } code ? ", " + code : "")}");
        Moved(now);
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
        Moved(now);
    }

    /// <summary>Ends a step that left the intent as it was; false when one try of several cannot tell.</summary>
    public bool EndWithoutAnswer(PaymentStep step, PaymentStepResult result, PaymentFailure failure, PaymentActor actor, DateTime now)
    {
        var row = RowOf(step);
        if (row.Result is not null || (result is PaymentStepResult.NotExecuted && row.Tries > 1))
            return false;

        End(step, result, actor, now);
        if (step.IsPaying)
            Fail(step.Attempt, failure, actor, now);
        return true;
    }

    /// <summary>Notes why an attempt failed.</summary>
    public void Fail(int attempt, PaymentFailure failure, PaymentActor actor, DateTime now)
    {
        var row = attempts[attempt - 1];
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
            Fail(attempts.Count, failure, actor, now);
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

    public Payment ToPayment() => new(
        Order,
        Row.State,
        Row.IntentId,
        attempts.Count,
        OpenStep is { } open ? ToStep(open) : null,
        Latest?.FailureReason is { } reason ? new PaymentFailure(reason, Latest.FailureCode, Latest.DeclineCode) : null,
        Row is { CardBrand: { } brand, CardLast4: { } last4 } ? new CardSummary(brand, last4) : null,
        Row.Version,
        Latest?.PaymentMethodId)
    {
        Received = Order.Amount with { MinorUnits = Row.ReceivedMinorUnits },
        Refunded = Order.Amount with { MinorUnits = Row.RefundedMinorUnits },
        IsGivenUp = IsGivenUp,
        MovedAt = Row.MovedAt,
    };

    /// <summary>
    /// What of the refunds the shopper had paid before. Stripe lists as a refund, too, what a bank held and nobody took.
    /// </summary>
    private long GivenBack()
    {
        var standing = refunds.Where(refund => refund.Status is RefundStatus.Pending or RefundStatus.Succeeded).ToList();
        var neverTaken = Order.Amount.MinorUnits - Row.ReceivedMinorUnits;
        return standing.Sum(refund => refund.MinorUnits) - (standing.Any(refund => refund.MinorUnits == neverTaken) ? neverTaken : 0);
    }

    private static int Progress(RefundStatus status) => status switch
    {
        RefundStatus.Pending => 0,
        RefundStatus.Succeeded => 1,
        _ => 2,
    };

    private void ThrowIfOpen()
    {
        if (OpenStep is not null)
            throw new InvalidOperationException("A request of this order is still without an answer: settle it first.");
    }

    private StepRow RowOf(PaymentStep step) => attempts[step.Attempt - 1].Steps.Single(row => row.Sequence == step.Sequence);

    private PaymentStep ToStep(StepRow row) =>
        new(Order.Id, row.AttemptNumber, row.Sequence, row.Kind, Latest!.PaymentMethodId, Latest.Authentication, Latest.Capture)
        {
            Amount = row.MinorUnits is { } minorUnits ? new Money(minorUnits, Order.Amount.Currency) : null,
            Reason = row.Reason,
            WrittenAt = row.WrittenAt,
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
            Row.PaidAt = now;
            Row.ReceivedMinorUnits = intent.Received?.MinorUnits ?? Order.Amount.MinorUnits;
            context.Fulfilments.Add(new FulfilmentRow { OrderId = Order.Id, ReleasedAt = now });
            Note(TimelineEvent.Fulfilled, actor, now);
        }

        Moved(now);
    }

    private void Moved(DateTime now)
    {
        Row.MovedAt = now;
        Row.Looks = 0;
        Row.NextLookAt = now + NextLook.After(
            IsGivenUp ? PaymentState.AwaitingPayment : Row.State,
            Row.IntentId is not null,
            OpenStep is not null,
            refunds.Any(refund => refund.Status is RefundStatus.Pending),
            looks: 0,
            options);
    }

    private void Note(TimelineEvent what, PaymentActor actor, DateTime now, string? detail = null) => context.Timeline.Add(new TimelineRow
    {
        OrderId = Order.Id,
        At = now,
        Actor = actor,
        Event = what,
        State = Row.State,
        Detail = detail,
    });
}
