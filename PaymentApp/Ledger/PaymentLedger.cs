using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IPaymentLedger"/>
internal sealed partial class PaymentLedger(
    IDbContextFactory<LedgerContext> contexts,
    TimeProvider clock,
    OrderChanges changes,
    IOptions<PaymentsOptions> options,
    ILogger<PaymentLedger> logger) : IPaymentLedger
{
    // Each loss means that another writer made progress; more than this many in a row is a bug, not traffic.
    private const int MostLostRaces = 50;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Payment?> FindAsync(OrderId id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await LedgerEntry.LoadAsync(context, id, options.Value, cancellationToken))?.ToPayment();
    }

    public async Task<int?> FindVersionAsync(OrderId id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Payments.Where(payment => payment.OrderId == id).Select(payment => (int?)payment.Version)
            .SingleOrDefaultAsync(cancellationToken);
    }

    public Task<PaymentStep?> BeginAttemptAsync(
        Payment seen,
        PaymentMethodId paymentMethod,
        AuthenticationMode authentication,
        CaptureMode capture,
        PaymentActor actor,
        CancellationToken cancellationToken = default) => OnSeenAsync(seen, entry =>
        {
            entry.Begin(paymentMethod, authentication, capture, Now);
            var kind = seen.Intent is null ? PaymentStepKind.Create : PaymentStepKind.Confirm;
            return entry.Write(new NewStep(kind, Amount: null), actor, Now);
        }, cancellationToken);

    public Task<PaymentStep?> BeginConfirmationAsync(
        Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        BeginStepAsync(seen, new NewStep(PaymentStepKind.ConfirmAuthenticated, Amount: null), actor, cancellationToken);

    public Task<Payment?> GiveUpAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        OnSeenAsync(seen, entry =>
        {
            entry.GiveUp(actor, Now);
            return entry.ToPayment();
        }, cancellationToken);

    public Task<PaymentStep?> BeginStepAsync(
        Payment seen, NewStep operation, PaymentActor actor, CancellationToken cancellationToken = default) =>
        OnSeenAsync(seen, entry => entry.Write(operation, actor, Now), cancellationToken);

    public Task<Payment?> CloseAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        OnSeenAsync(seen, entry =>
        {
            entry.Close(actor, Now);
            return entry.ToPayment();
        }, cancellationToken);

    public async Task<Payment?> RepeatStepAsync(PaymentStep step, CancellationToken cancellationToken = default)
    {
        var isOpen = false;
        var now = await ChangeAsync(step.Order, entry => isOpen = entry.Repeat(step), cancellationToken);
        return isOpen ? now : null;
    }

    public Task<Payment> RecordAsync(
        OrderId order, IntentSnapshot intent, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(order, entry =>
        {
            var before = entry.Row.State;
            var verdict = entry.Take(intent, actor, Now);
            if (verdict is null)
                Log.SecondIntent(logger, entry.Order.Number, entry.Row.IntentId!.Value, intent.Id);
            if (verdict is TransitionVerdict.Illegal)
                Log.IllegalTransition(logger, entry.Order.Number, before, intent.State);
            if (step is not null)
                entry.End(step, PaymentStepResult.Answered, actor, Now);

            if (intent is not { State: PaymentState.AwaitingPayment, Failure: { } failure })
                return;
            // A failure belongs to the attempt that was asked about, or else to the one under way if it has none yet.
            if (step is not null)
                entry.Fail(step.Attempt, failure, actor, Now);
            else if (verdict is TransitionVerdict.Applied or TransitionVerdict.Duplicate)
                entry.FailLatest(failure, actor, Now);
        }, cancellationToken);

    public Task<Payment> RecordRefundAsync(
        OrderId order, RefundSnapshot refund, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(order, entry =>
        {
            if (step is not null)
                entry.End(step, PaymentStepResult.Answered, actor, Now);
            entry.Take(refund, actor, Now);
        }, cancellationToken);

    public async Task<bool> EndStepAsync(
        PaymentStep step,
        PaymentStepResult result,
        PaymentFailure failure,
        PaymentActor actor,
        CancellationToken cancellationToken = default)
    {
        var hasEnded = false;
        await ChangeAsync(step.Order, entry => hasEnded = entry.EndWithoutAnswer(step, result, failure, actor, Now), cancellationToken);
        return hasEnded;
    }

    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Timeline.Where(row => row.OrderId == order).OrderBy(row => row.Id)
            .Select(row => new TimelineEntry(row.At, row.Actor, row.Event, row.State, row.Detail)).ToListAsync(cancellationToken);
    }

    /// <summary>Commits a change only onto the version of the order that the caller decided on.</summary>
    private async Task<T?> OnSeenAsync<T>(Payment seen, Func<LedgerEntry, T> change, CancellationToken cancellationToken)
        where T : class
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await LoadAsync(context, seen.Order.Id, cancellationToken);
        if (entry.Row.Version != seen.Version)
            return null;

        var before = entry.ToPayment();
        entry.Row.Version++;
        var result = change(entry);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException lost) when (IsLostRace(lost))
        {
            return null;
        }

        Publish(before, entry.ToPayment());
        return result;
    }

    private async Task<Payment> ChangeAsync(OrderId id, Action<LedgerEntry> change, CancellationToken cancellationToken)
    {
        for (var lost = 0; ; lost++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var entry = await LoadAsync(context, id, cancellationToken);
            var before = entry.ToPayment();
            change(entry);
            if (!context.ChangeTracker.HasChanges())
                return entry.ToPayment();

            entry.Row.Version++;
            try
            {
                await context.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException race) when (IsLostRace(race) && lost < MostLostRaces)
            {
                // Somebody else moved the order in between: read it again and judge the news against what it is now.
                continue;
            }

            var now = entry.ToPayment();
            Publish(before, now);
            return now;
        }
    }

    /// <summary>Tells the open pages, where they show what changed.</summary>
    private void Publish(Payment before, Payment now)
    {
        var change = PaymentChange.To(now);
        if (change.View != PaymentView.Of(before))
            changes.Publish(change);
    }

    private async Task<LedgerEntry> LoadAsync(LedgerContext context, OrderId id, CancellationToken cancellationToken) =>
        await LedgerEntry.LoadAsync(context, id, options.Value, cancellationToken)
        ?? throw new InvalidOperationException("The order of a payment is gone.");

    private static bool IsLostRace(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException || LedgerDatabase.IsUniqueViolation(exception);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Order {OrderNumber} is {State} and Stripe reports {Reported}: impossible transition, needs an operator")]
        public static partial void IllegalTransition(ILogger logger, string orderNumber, PaymentState state, PaymentState reported);

        [LoggerMessage(2, LogLevel.Critical, "Order {OrderNumber} is paid by {IntentId}, and {OtherIntentId} names it too: needs an operator")]
        public static partial void SecondIntent(ILogger logger, string orderNumber, PaymentIntentId intentId, PaymentIntentId otherIntentId);
    }
}
