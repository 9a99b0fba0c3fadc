using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Ledger;

/// <inheritdoc cref="IPaymentLedger"/>
internal sealed partial class PaymentLedger(
    IDbContextFactory<LedgerContext> contexts,
    TimeProvider clock,
    OrderChanges changes,
    WorkSignal signal,
    IOptions<PaymentsOptions> options,
    ILogger<PaymentLedger> logger) : IPaymentLedger
{
    // Each loss means that another writer made progress; more than this many in a row is a bug, not traffic.
    private const int MostLostRaces = 50;

    private DateTime Now => clock.GetLedgerTime();

    public async Task<Payment?> FindAsync(OrderId id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await LedgerEntry.LoadAsync(context, id, options.Value, cancellationToken))?.ToPayment();
    }

    public async Task<int?> FindVersionAsync(OrderId id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await PaymentQuery.ReadVersionAsync(context, id, cancellationToken);
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
            entry.KeepEmail(seen.Order.Email);
            var kind = seen.Intent is null ? PaymentStepKind.Create : PaymentStepKind.Confirm;
            return entry.Write(new NewStep(kind, Amount: null), actor, Now);
        }, cancellationToken, WithReading);

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
        OnSeenAsync(seen, entry => entry.Write(operation, actor, Now), cancellationToken, WithReading);

    public Task<Payment?> CloseAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        OnSeenAsync(seen, entry =>
        {
            entry.Close(actor, Now);
            return entry.ToPayment();
        }, cancellationToken);

    public async Task<Payment?> RepeatStepAsync(PaymentStep step, CancellationToken cancellationToken = default)
    {
        var isOpen = false;
        var now = await ChangeAsync(step.Order, entry => isOpen = entry.Repeat(step, Now), cancellationToken);
        return isOpen ? now : null;
    }

    public Task<Payment> RecordAsync(
        OrderId order, IntentSnapshot intent, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(order, entry => Take(entry, intent, actor, step), cancellationToken, reading: step?.Reading ?? default);

    public Task<Payment> RecordPaymentAsync(
        OrderId order,
        PaymentSnapshot snapshot,
        PaymentActor actor,
        PaymentStep? step = null,
        PaymentStepResult result = PaymentStepResult.Answered,
        CancellationToken cancellationToken = default) =>
        ChangeAsync(
            order,
            entry =>
            {
                entry.IsReading = snapshot.Refunds is not null;
                foreach (var refund in snapshot.Refunds ?? [])
                    entry.Take(refund, actor, Now);
                foreach (var dispute in snapshot.Disputes ?? [])
                    entry.Take(dispute, actor, Now);
                foreach (var warning in snapshot.Warnings ?? [])
                    entry.Take(warning, actor, Now);
                Take(entry, snapshot.Intent, actor, step, result);
            },
            cancellationToken,
            prepare: snapshot is { Disputes: null, Warnings: null } ? null : (_, entry) => entry.LoadDisputesAsync(cancellationToken));

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
        bool isProven = false,
        CancellationToken cancellationToken = default)
    {
        var hasEnded = false;
        await ChangeAsync(
            step.Order,
            entry => hasEnded = entry.EndWithoutAnswer(step, result, failure, isProven, actor, Now),
            cancellationToken,
            reading: step.Reading);
        return hasEnded;
    }

    public async Task EndMismatchedStepAsync(
        PaymentStep step, PaymentIntentId intent, PaymentFailure failure, PaymentActor actor, CancellationToken cancellationToken = default)
    {
        var isAnothers = false;
        await ChangeAsync(
            step.Order,
            entry => entry.EndMismatched(step, isAnothers ? null : intent, failure, actor, Now),
            cancellationToken,
            prepare: async (context, _) => isAnothers = await context.Payments.AnyAsync(
                payment => payment.IntentId == intent && payment.OrderId != step.Order, cancellationToken));
    }

    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Timeline.Where(row => row.OrderId == order).OrderBy(row => row.Id)
            .Select(row => new TimelineEntry(row.At, row.Actor, row.Event, row.State, row.Detail)).ToListAsync(cancellationToken);
    }

    private void Take(
        LedgerEntry entry, IntentSnapshot intent, PaymentActor actor, PaymentStep? step, PaymentStepResult result = PaymentStepResult.Answered)
    {
        var before = entry.Row.State;
        var verdict = entry.Take(intent, actor, Now);
        if (verdict is null)
            Log.SecondIntent(logger, entry.Order.Number, entry.Row.IntentId!.Value, intent.Id);
        if (verdict is TransitionVerdict.Illegal)
            Log.IllegalTransition(logger, entry.Order.Number, before, intent.State);
        if (step is not null)
            entry.End(step, result, actor, Now);

        if (intent is not { State: PaymentState.AwaitingPayment, Failure: { } failure })
            return;
        // A failure belongs to the attempt that was asked about, or else to the one under way if it has none yet.
        if (step is not null)
            entry.Fail(step.Attempt, failure, actor, Now);
        else if (verdict is TransitionVerdict.Applied or TransitionVerdict.Duplicate)
            entry.FailLatest(failure, actor, Now);
    }

    // The answer to its request changes what the step has left: nobody else has, as a rule.
    private static PaymentStep WithReading(PaymentStep step, LedgerEntry entry) => step with { Reading = entry.Reading };

    /// <summary>Commits a change only onto the version of the order that the caller decided on.</summary>
    /// <param name="saved">What to say of it once it is saved.</param>
    private async Task<T?> OnSeenAsync<T>(
        Payment seen, Func<LedgerEntry, T> change, CancellationToken cancellationToken, Func<T, LedgerEntry, T>? saved = null)
        where T : class
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = LedgerEntry.Continue(context, seen.Reading, options.Value) ?? await LoadAsync(context, seen.Order.Id, cancellationToken);
        if (entry.Row.Version != seen.Version)
            return null;

        entry.Row.Version++;
        var result = change(entry);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (Exception lost) when (LedgerDatabase.IsLostRace(lost))
        {
            return null;
        }

        Publish(seen, entry);
        return saved is null ? result : saved(result, entry);
    }

    /// <param name="prepare">Loads what the change needs beyond the payment itself.</param>
    /// <param name="reading">What the payment was when the caller last changed it; read again where somebody else has, since.</param>
    private async Task<Payment> ChangeAsync(
        OrderId id,
        Action<LedgerEntry> change,
        CancellationToken cancellationToken,
        Func<LedgerContext, LedgerEntry, Task>? prepare = null,
        LedgerReading reading = default)
    {
        for (var lost = 0; ; lost++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var entry = LedgerEntry.Continue(context, reading, options.Value) ?? await LoadAsync(context, id, cancellationToken);
            if (prepare is not null)
                await prepare(context, entry);
            var before = entry.ToPayment();
            change(entry);
            context.ChangeTracker.DetectChanges();
            if (!context.ChangeTracker.HasChanges())
                return entry.ToPayment();

            entry.Row.Version++;
            try
            {
                await context.SaveChangesAsync(cancellationToken);
            }
            catch (Exception race) when (LedgerDatabase.IsLostRace(race) && lost < MostLostRaces)
            {
                // Somebody else moved the order in between: read it again and judge the news against what it is now.
                continue;
            }

            Publish(before, entry);
            return entry.ToPayment();
        }
    }

    /// <summary>Tells the open pages that show what changed, and the worker where something is due.</summary>
    private void Publish(Payment before, LedgerEntry entry)
    {
        var change = PaymentChange.To(entry.ToPayment());
        changes.Publish(change, isDetail: change.View == PaymentView.Of(before));
        if (entry.HasWorkDue)
            signal.Raise();
    }

    private async Task<LedgerEntry> LoadAsync(LedgerContext context, OrderId id, CancellationToken cancellationToken) =>
        await LedgerEntry.LoadAsync(context, id, options.Value, cancellationToken)
        ?? throw new InvalidOperationException("The order of a payment is gone.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Order {OrderNumber} is {State} and Stripe reports {Reported}: impossible transition, needs an operator")]
        public static partial void IllegalTransition(ILogger logger, string orderNumber, PaymentState state, PaymentState reported);

        [LoggerMessage(2, LogLevel.Critical, "Order {OrderNumber} is paid by {IntentId}, and {OtherIntentId} names it too: needs an operator")]
        public static partial void SecondIntent(ILogger logger, string orderNumber, PaymentIntentId intentId, PaymentIntentId otherIntentId);
    }
}
