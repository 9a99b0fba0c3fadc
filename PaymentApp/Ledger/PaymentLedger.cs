using Microsoft.EntityFrameworkCore;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IPaymentLedger"/>
internal sealed partial class PaymentLedger(
    IDbContextFactory<LedgerContext> contexts, TimeProvider clock, ILogger<PaymentLedger> logger) : IPaymentLedger
{
    // Each loss means that another writer made progress; more than this many in a row is a bug, not traffic.
    private const int MostLostRaces = 50;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<PayableOrder?> FindAsync(OrderId id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await LoadAsync(context, id, cancellationToken) is { } entry ? entry.ToPayable() : null;
    }

    public async Task<PaymentStep?> BeginAttemptAsync(
        PayableOrder seen, string paymentMethodId, AuthenticationMode authentication, CancellationToken cancellationToken = default)
    {
        ThrowIfOpen(seen);
        var attempt = new AttemptRow
        {
            OrderId = seen.Id,
            Number = seen.Attempts + 1,
            PaymentMethodId = paymentMethodId,
            Authentication = authentication,
            StartedAt = Now,
        };
        var kind = seen.IntentId is null ? PaymentStepKind.Create : PaymentStepKind.Confirm;
        var step = new PaymentStep(seen.Id, attempt.Number, 1, kind, paymentMethodId, authentication);

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Attempts.Add(attempt);
        return await WriteAsync(context, seen, step, cancellationToken);
    }

    public async Task<PaymentStep?> BeginConfirmationAsync(PayableOrder seen, CancellationToken cancellationToken = default)
    {
        ThrowIfOpen(seen);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var attempt = await context.Attempts.Include(row => row.Steps)
            .SingleAsync(row => row.OrderId == seen.Id && row.Number == seen.Attempts, cancellationToken);
        var step = new PaymentStep(
            seen.Id, attempt.Number, attempt.Steps.Count + 1, PaymentStepKind.ConfirmAuthenticated, attempt.PaymentMethodId, attempt.Authentication);
        return await WriteAsync(context, seen, step, cancellationToken);
    }

    public async Task<PayableOrder?> RepeatStepAsync(PaymentStep step, CancellationToken cancellationToken = default)
    {
        var isOpen = false;
        var now = await ChangeAsync(step.Order, entry =>
        {
            var row = entry.Row(step);
            isOpen = row.Result is null;
            if (isOpen)
                row.Tries++;
        }, cancellationToken);
        return isOpen ? now : null;
    }

    public Task<PayableOrder> RecordAsync(
        OrderId order, IntentSnapshot intent, PaymentStep? step = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(order, entry =>
        {
            var isNews = Take(entry, intent);
            if (step is not null)
                End(entry.Row(step), PaymentStepResult.Answered);

            if (intent is not { Happened: PaymentEvent.AttemptFailed, Failure: { } failure })
                return;
            // A failure belongs to the attempt that was asked about, or else to the one under way if it has none yet.
            if (step is not null)
                Fail(entry.Attempts[step.Attempt - 1], failure);
            else if (isNews && entry is { Latest: { FailureReason: null } latest, OpenStep: null })
                Fail(latest, failure);
        }, cancellationToken);

    public async Task<bool> EndStepAsync(
        PaymentStep step, PaymentStepResult result, PaymentFailure failure, CancellationToken cancellationToken = default)
    {
        var hasEnded = false;
        await ChangeAsync(step.Order, entry =>
        {
            var row = entry.Row(step);
            hasEnded = row.Result is null && (result is not PaymentStepResult.NotExecuted || row.Tries == 1);
            if (!hasEnded)
                return;

            End(row, result);
            Fail(entry.Attempts[step.Attempt - 1], failure);
        }, cancellationToken);
        return hasEnded;
    }

    private static void ThrowIfOpen(PayableOrder seen)
    {
        if (seen.OpenStep is not null)
            throw new InvalidOperationException("A request of this order is still without an answer: settle it first.");
    }

    /// <summary>Commits a step only onto the version of the order that the caller decided on.</summary>
    private async Task<PaymentStep?> WriteAsync(
        LedgerContext context, PayableOrder seen, PaymentStep step, CancellationToken cancellationToken)
    {
        var order = await context.Orders.SingleAsync(row => row.Id == seen.Id, cancellationToken);
        if (order.Version != seen.Version)
            return null;

        order.Version++;
        context.Steps.Add(new StepRow
        {
            OrderId = step.Order,
            AttemptNumber = step.Attempt,
            Sequence = step.Sequence,
            Kind = step.Kind,
            IdempotencyKey = step.IdempotencyKey,
            WrittenAt = Now,
        });

        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return step;
        }
        catch (DbUpdateException lost) when (IsLostRace(lost))
        {
            return null;
        }
    }

    private async Task<PayableOrder> ChangeAsync(OrderId id, Action<LedgerEntry> change, CancellationToken cancellationToken)
    {
        for (var lost = 0; ; lost++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var entry = await LoadAsync(context, id, cancellationToken)
                ?? throw new InvalidOperationException("The order of a payment is gone.");
            change(entry);
            if (!context.ChangeTracker.HasChanges())
                return entry.ToPayable();

            entry.Order.Version++;
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return entry.ToPayable();
            }
            catch (DbUpdateException race) when (IsLostRace(race) && lost < MostLostRaces)
            {
                // Somebody else moved the order in between: read it again and judge the news against what it is now.
            }
        }
    }

    /// <summary>False when the order knew better: the news was late, impossible, or of another intent.</summary>
    private bool Take(LedgerEntry entry, IntentSnapshot intent)
    {
        var order = entry.Order;
        order.PaymentIntentId ??= intent.Id;
        if (order.PaymentIntentId != intent.Id)
        {
            Log.SecondIntent(logger, order.Number, order.PaymentIntentId, intent.Id);
            return false;
        }

        var (verdict, state) = PaymentTransitions.Apply(order.State, intent.Happened);
        if (verdict is TransitionVerdict.Illegal)
            Log.IllegalTransition(logger, order.Number, order.State, intent.Happened);
        if (verdict is not TransitionVerdict.Applied)
            return verdict is TransitionVerdict.Duplicate;

        order.State = state;
        if (state is not (PaymentState.Paid or PaymentState.Authorized))
            return true;

        order.CardBrand ??= intent.Card?.Brand;
        order.CardLast4 ??= intent.Card?.Last4;
        if (state is PaymentState.Paid)
        {
            order.PaidAt = Now;
            entry.Context.Fulfilments.Add(new FulfilmentRow { OrderId = order.Id, ReleasedAt = Now });
        }

        return true;
    }

    private void End(StepRow row, PaymentStepResult result)
    {
        if (row.Result is not null)
            return;

        row.Result = result;
        row.EndedAt = Now;
    }

    private static void Fail(AttemptRow row, PaymentFailure failure)
    {
        row.FailureReason = failure.Reason;
        row.FailureCode = failure.Code;
        row.DeclineCode = failure.DeclineCode;
    }

    // One statement, so that the order and its attempts are of one moment.
    private static async Task<LedgerEntry?> LoadAsync(LedgerContext context, OrderId id, CancellationToken cancellationToken)
    {
        var found = await context.Orders.Where(order => order.Id == id)
            .Select(order => new
            {
                Order = order,
                Attempts = context.Attempts.Include(attempt => attempt.Steps.OrderBy(step => step.Sequence))
                    .Where(attempt => attempt.OrderId == order.Id).OrderBy(attempt => attempt.Number).ToList(),
            })
            .AsSingleQuery().SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new LedgerEntry(context, found.Order, found.Attempts);
    }

    private static bool IsLostRace(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException || LedgerDatabase.IsUniqueViolation(exception);

    /// <summary>An order with its attempts, as one context tracks them.</summary>
    private sealed record LedgerEntry(LedgerContext Context, Order Order, IReadOnlyList<AttemptRow> Attempts)
    {
        public AttemptRow? Latest => Attempts.Count == 0 ? null : Attempts[^1];

        // Only the latest attempt can have one: the next one begins when it has ended.
        public StepRow? OpenStep => Latest?.Steps.SingleOrDefault(step => step.Result is null);

        public StepRow Row(PaymentStep step) =>
            Attempts[step.Attempt - 1].Steps.Single(row => row.Sequence == step.Sequence);

        public PayableOrder ToPayable() => new(
            Order.Id,
            Order.Number,
            Order.Amount,
            Order.State,
            Order.PaymentIntentId,
            Attempts.Count,
            OpenStep is { } open ? new PaymentStep(
                Order.Id, open.AttemptNumber, open.Sequence, open.Kind, Latest!.PaymentMethodId, Latest.Authentication) : null,
            Latest?.FailureReason is { } reason ? new PaymentFailure(reason, Latest.FailureCode, Latest.DeclineCode) : null,
            Order is { CardBrand: { } brand, CardLast4: { } last4 } ? new CardSummary(brand, last4) : null,
            Order.Version,
            Latest?.PaymentMethodId);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Order {OrderNumber} is {State} and Stripe says {Happened}: this cannot be, somebody has to look")]
        public static partial void IllegalTransition(ILogger logger, string orderNumber, PaymentState state, PaymentEvent happened);

        [LoggerMessage(2, LogLevel.Critical, "Order {OrderNumber} is paid by {IntentId}, and {OtherIntentId} says it is its own: somebody has to look")]
        public static partial void SecondIntent(ILogger logger, string orderNumber, string intentId, string otherIntentId);
    }
}
