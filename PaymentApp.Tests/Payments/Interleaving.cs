using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

/// <summary>
/// Lets several callers go on one at a time, from one call to the ledger or to Stripe to the next, in an order that a
/// seed decides: the same seed, the same interleaving.
/// </summary>
internal sealed class Interleaving(int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _next = new(seed);
    private readonly List<TaskCompletionSource> _waiting = [];
    private int _running;

    public async Task<T[]> RunAsync<T>(IEnumerable<Func<Task<T>>> callers)
    {
        var all = callers.ToList();
        _running = all.Count;
        return await Task.WhenAll(all.Select(caller => Task.Run(() => FollowAsync(caller))));
    }

    /// <summary>A point where another caller may overtake.</summary>
    public Task PassAsync()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add(turn);
            Leave();
        }

        return turn.Task;
    }

    private async Task<T> FollowAsync<T>(Func<Task<T>> caller)
    {
        try
        {
            await PassAsync();
            return await caller();
        }
        finally
        {
            lock (_gate)
                Leave();
        }
    }

    private void Leave()
    {
        _running--;
        if (_running > 0 || _waiting.Count == 0)
            return;

        var chosen = _next.Next(_waiting.Count);
        var turn = _waiting[chosen];
        _waiting.RemoveAt(chosen);
        _running++;
        turn.SetResult();
    }
}

/// <summary>The ledger, with a point to overtake before and after every call.</summary>
internal sealed class InterleavedLedger(IPaymentLedger ledger, Interleaving interleaving) : IPaymentLedger
{
    public Task<Payment?> FindAsync(OrderId id, CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.FindAsync(id, cancellationToken));

    public Task<int?> FindVersionAsync(OrderId id, CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.FindVersionAsync(id, cancellationToken));

    public Task<PaymentStep?> BeginAttemptAsync(
        Payment seen,
        PaymentMethodId paymentMethod,
        AuthenticationMode authentication,
        CaptureMode capture,
        PaymentActor actor,
        CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.BeginAttemptAsync(seen, paymentMethod, authentication, capture, actor, cancellationToken));

    public Task<PaymentStep?> BeginConfirmationAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.BeginConfirmationAsync(seen, actor, cancellationToken));

    public Task<Payment?> GiveUpAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.GiveUpAsync(seen, actor, cancellationToken));

    public Task<PaymentStep?> BeginStepAsync(
        Payment seen, NewStep operation, PaymentActor actor, CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.BeginStepAsync(seen, operation, actor, cancellationToken));

    public Task<Payment?> CloseAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.CloseAsync(seen, actor, cancellationToken));

    public Task<Payment> RecordAsync(
        OrderId order, IntentSnapshot intent, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.RecordAsync(order, intent, actor, step, cancellationToken));

    public Task<Payment> RecordRefundAsync(
        OrderId order, RefundSnapshot refund, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.RecordRefundAsync(order, refund, actor, step, cancellationToken));

    public Task<Payment> RecordPaymentAsync(
        OrderId order,
        PaymentSnapshot snapshot,
        PaymentActor actor,
        PaymentStep? step = null,
        PaymentStepResult result = PaymentStepResult.Answered,
        CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.RecordPaymentAsync(order, snapshot, actor, step, result, cancellationToken));

    public Task<Payment?> RepeatStepAsync(PaymentStep step, CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.RepeatStepAsync(step, cancellationToken));

    public Task<bool> EndStepAsync(
        PaymentStep step,
        PaymentStepResult result,
        PaymentFailure failure,
        PaymentActor actor,
        bool isProven = false,
        CancellationToken cancellationToken = default) =>
        StepAsync(() => ledger.EndStepAsync(step, result, failure, actor, isProven, cancellationToken));

    public Task EndMismatchedStepAsync(
        PaymentStep step, PaymentIntentId intent, PaymentFailure failure, PaymentActor actor, CancellationToken cancellationToken = default) =>
        StepAsync(async () =>
        {
            await ledger.EndMismatchedStepAsync(step, intent, failure, actor, cancellationToken);
            return true;
        });

    public Task<IReadOnlyList<TimelineEntry>> TimelineAsync(OrderId order, CancellationToken cancellationToken = default) =>
        ledger.TimelineAsync(order, cancellationToken);

    private async Task<T> StepAsync<T>(Func<Task<T>> call)
    {
        await interleaving.PassAsync();
        var answer = await call();
        await interleaving.PassAsync();
        return answer;
    }
}
