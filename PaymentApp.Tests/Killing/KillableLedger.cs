using PaymentApp.Payments;

namespace PaymentApp.Tests.Killing;

/// <summary>The ledger, with a kill point before and after each change.</summary>
internal sealed class KillableLedger(IPaymentLedger inner, KillSwitch kill) : IPaymentLedger
{
    public Task<Payment?> FindAsync(OrderId id, CancellationToken cancellationToken = default) => inner.FindAsync(id, cancellationToken);

    public Task<int?> FindVersionAsync(OrderId id, CancellationToken cancellationToken = default) => inner.FindVersionAsync(id, cancellationToken);

    public Task<PaymentStep?> BeginAttemptAsync(
        Payment seen,
        PaymentMethodId paymentMethod,
        AuthenticationMode authentication,
        CaptureMode capture,
        PaymentActor actor,
        CancellationToken cancellationToken = default) => kill.AroundAsync(
            KillPoint.AttemptToBeWritten,
            () => inner.BeginAttemptAsync(seen, paymentMethod, authentication, capture, actor, cancellationToken),
            KillPoint.AttemptWritten);

    public Task<PaymentStep?> BeginConfirmationAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        kill.AroundAsync(
            KillPoint.ConfirmationToBeWritten,
            () => inner.BeginConfirmationAsync(seen, actor, cancellationToken),
            KillPoint.ConfirmationWritten);

    public Task<Payment?> GiveUpAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        inner.GiveUpAsync(seen, actor, cancellationToken);

    public Task<PaymentStep?> BeginStepAsync(
        Payment seen, NewStep operation, PaymentActor actor, CancellationToken cancellationToken = default) => kill.AroundAsync(
            KillPoint.OperationToBeWritten,
            () => inner.BeginStepAsync(seen, operation, actor, cancellationToken),
            KillPoint.OperationWritten);

    public Task<Payment?> CloseAsync(Payment seen, PaymentActor actor, CancellationToken cancellationToken = default) =>
        inner.CloseAsync(seen, actor, cancellationToken);

    public Task<Payment> RecordAsync(
        OrderId order, IntentSnapshot intent, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default) =>
        kill.AroundAsync(
            KillPoint.AnswerToBeRecorded,
            () => inner.RecordAsync(order, intent, actor, step, cancellationToken),
            KillPoint.AnswerRecorded);

    public Task<Payment> RecordRefundAsync(
        OrderId order, RefundSnapshot refund, PaymentActor actor, PaymentStep? step = null, CancellationToken cancellationToken = default) =>
        kill.AroundAsync(
            KillPoint.RefundToBeRecorded,
            () => inner.RecordRefundAsync(order, refund, actor, step, cancellationToken),
            KillPoint.RefundRecorded);

    public Task<Payment> RecordPaymentAsync(
        OrderId order,
        PaymentSnapshot snapshot,
        PaymentActor actor,
        PaymentStep? step = null,
        PaymentStepResult result = PaymentStepResult.Answered,
        CancellationToken cancellationToken = default) =>
        kill.AroundAsync(
            KillPoint.AnswerToBeRecorded,
            () => inner.RecordPaymentAsync(order, snapshot, actor, step, result, cancellationToken),
            KillPoint.AnswerRecorded);

    public Task<Payment?> RepeatStepAsync(PaymentStep step, CancellationToken cancellationToken = default) => kill.AroundAsync(
        KillPoint.RepetitionToBeWritten, () => inner.RepeatStepAsync(step, cancellationToken), KillPoint.RepetitionWritten);

    public Task<bool> EndStepAsync(
        PaymentStep step,
        PaymentStepResult result,
        PaymentFailure failure,
        PaymentActor actor,
        bool isProven = false,
        CancellationToken cancellationToken = default) => kill.AroundAsync(
            KillPoint.RejectionToBeRecorded,
            () => inner.EndStepAsync(step, result, failure, actor, isProven, cancellationToken),
            KillPoint.RejectionRecorded);

    public Task EndMismatchedStepAsync(
        PaymentStep step, PaymentIntentId intent, PaymentFailure failure, PaymentActor actor, CancellationToken cancellationToken = default) =>
        inner.EndMismatchedStepAsync(step, intent, failure, actor, cancellationToken);

    public Task<IReadOnlyList<TimelineEntry>> TimelineAsync(OrderId order, CancellationToken cancellationToken = default) =>
        inner.TimelineAsync(order, cancellationToken);
}
