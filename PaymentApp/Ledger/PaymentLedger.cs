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

    public Task<PayableOrder> RecordAsync(
        OrderId order, IntentSnapshot intent, PaymentStep? step = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(order, entry =>
        {
            Take(entry, intent);
            if (step is not null)
                End(entry, step, PaymentStepResult.Answered);
            // A failure belongs to the attempt that was asked about, or else to the one that is under way.
            if (intent.Happened is PaymentEvent.AttemptFailed && intent.Failure is { } failure)
                Fail(entry, step?.Attempt ?? entry.Attempts.Count, failure);
        }, cancellationToken);

    public Task<PayableOrder> EndStepAsync(
        PaymentStep step, PaymentStepResult result, PaymentFailure failure, CancellationToken cancellationToken = default) =>
        ChangeAsync(step.Order, entry =>
        {
            End(entry, step, result);
            Fail(entry, step.Attempt, failure);
        }, cancellationToken);

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

    private void Take(LedgerEntry entry, IntentSnapshot intent)
    {
        var order = entry.Order;
        order.PaymentIntentId ??= intent.Id;

        var (verdict, state) = PaymentTransitions.Apply(order.State, intent.Happened);
        if (verdict is TransitionVerdict.Illegal)
            Log.IllegalTransition(logger, order.Number, order.State, intent.Happened);
        if (verdict is not TransitionVerdict.Applied)
            return;

        order.State = state;
        if (state is not (PaymentState.Paid or PaymentState.Authorized))
            return;

        order.CardBrand ??= intent.Card?.Brand;
        order.CardLast4 ??= intent.Card?.Last4;
        if (state is PaymentState.Paid)
        {
            order.PaidAt = Now;
            entry.Context.Fulfilments.Add(new FulfilmentRow { OrderId = order.Id, ReleasedAt = Now });
        }
    }

    private void End(LedgerEntry entry, PaymentStep step, PaymentStepResult result)
    {
        var row = entry.Attempts[step.Attempt - 1].Steps.Single(candidate => candidate.Sequence == step.Sequence);
        if (row.Result is not null)
            return;

        row.Result = result;
        row.EndedAt = Now;
    }

    private static void Fail(LedgerEntry entry, int attempt, PaymentFailure failure)
    {
        if (attempt == 0)
            return;

        var row = entry.Attempts[attempt - 1];
        row.FailureReason = failure.Reason;
        row.FailureCode = failure.Code;
        row.DeclineCode = failure.DeclineCode;
    }

    private static async Task<LedgerEntry?> LoadAsync(LedgerContext context, OrderId id, CancellationToken cancellationToken)
    {
        if (await context.Orders.SingleOrDefaultAsync(order => order.Id == id, cancellationToken) is not { } order)
            return null;

        var attempts = await context.Attempts.Include(attempt => attempt.Steps.OrderBy(step => step.Sequence))
            .Where(attempt => attempt.OrderId == id).OrderBy(attempt => attempt.Number).ToListAsync(cancellationToken);
        return new LedgerEntry(context, order, attempts);
    }

    private static bool IsLostRace(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException || LedgerDatabase.IsUniqueViolation(exception);

    /// <summary>An order with its attempts, as one context tracks them.</summary>
    private sealed record LedgerEntry(LedgerContext Context, Order Order, IReadOnlyList<AttemptRow> Attempts)
    {
        public PayableOrder ToPayable()
        {
            var latest = Attempts.Count == 0 ? null : Attempts[^1];
            var open = latest?.Steps.SingleOrDefault(step => step.Result is null);
            return new PayableOrder(
                Order.Id,
                Order.Number,
                Order.Amount,
                Order.State,
                Order.PaymentIntentId,
                Attempts.Count,
                open is null ? null : new PaymentStep(
                    Order.Id, open.AttemptNumber, open.Sequence, open.Kind, latest!.PaymentMethodId, latest.Authentication),
                latest?.FailureReason is { } reason ? new PaymentFailure(reason, latest.FailureCode, latest.DeclineCode) : null,
                Order is { CardBrand: { } brand, CardLast4: { } last4 } ? new CardSummary(brand, last4) : null,
                Order.Version);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Order {OrderNumber} is {State} and Stripe says {Happened}: this cannot be, somebody has to look")]
        public static partial void IllegalTransition(ILogger logger, string orderNumber, PaymentState state, PaymentEvent happened);
    }
}
