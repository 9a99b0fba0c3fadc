using System.Diagnostics;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Desk.Actions;

/// <summary>Carries out what operators ask for: each once, under their name, with how it came out.</summary>
internal sealed class OperatorActions(IOperatorActionLog log, IPaymentOperations operations, IPaymentService payments, CallsUnderWay calls, TimeProvider clock)
{
    /// <summary>The detail of an action that made no request of its own.</summary>
    public const string UnderWay = "the same was under way already, no second request was made";

    /// <param name="ask">What to do. Nothing is done where its id is known already.</param>
    public Task ActAsync(OperatorAsk ask) => calls.WatchAsync(() => ActOnceAsync(ask));

    private async Task ActOnceAsync(OperatorAsk ask)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var action = new OperatorAction(ask.Id, ask.Order, ask.Operator, ask.Kind, ask.Amount, ask.Text, now);
        if (ask.Kind is OperatorActionKind.Note)
            action = action with { Result = OperatorActionResult.Done, EndedAt = now };

        // Whoever asked may leave: what has begun is finished, and how it came out is kept (invariant 5).
        if (!await log.TryBeginAsync(action) || ask.Kind is OperatorActionKind.Note)
            return;
        var (result, detail) = await CarryOutAsync(ask);
        await log.EndAsync(ask.Id, result, detail);
    }

    private async Task<(OperatorActionResult Result, string? Detail)> CarryOutAsync(OperatorAsk ask) => ask.Kind switch
    {
        OperatorActionKind.Refund => Ended(await operations.RefundAsync(ask.Order, ask.Amount, ask.RefundReason, PaymentActor.Operator)),
        OperatorActionKind.Capture => Ended(await operations.CaptureAsync(ask.Order, ask.Amount, PaymentActor.Operator)),
        OperatorActionKind.Cancel => Ended(await operations.CancelAsync(ask.Order, ask.CancelReason, PaymentActor.Operator)),
        OperatorActionKind.Read => await ReadAsync(ask.Order),
        _ => throw new UnreachableException(),
    };

    private async Task<(OperatorActionResult Result, string? Detail)> ReadAsync(OrderId order)
    {
        var before = await payments.FindAsync(order);
        var after = await payments.RefreshAsync(order, PaymentActor.Operator);
        if (after is null || after.OpenStep is not null || !await operations.ReadAsync(order, PaymentActor.Operator))
            return (OperatorActionResult.Unknown, null);
        return (OperatorActionResult.Done, (await payments.FindAsync(order))?.Version == before?.Version ? "nothing new" : null);
    }

    private static (OperatorActionResult Result, string? Detail) Ended(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Done => (OperatorActionResult.Done, outcome.WasUnderWay ? UnderWay : null),
        OperationOutcome.Pending => (OperatorActionResult.Pending, outcome.WasUnderWay ? UnderWay : null),
        OperationOutcome.Refused { Payment: var payment } => (OperatorActionResult.Refused, payment?.State.ToString()),
        OperationOutcome.Failed { Failure: var failure } => (
            OperatorActionResult.Failed,
            string.Join(", ", new[] { failure.Code, failure.DeclineCode }.OfType<string>().DefaultIfEmpty(failure.Reason.ToString()))),
        OperationOutcome.Unknown => (OperatorActionResult.Unknown, null),
        _ => throw new UnreachableException(),
    };
}

/// <summary>What an operator asks for.</summary>
/// <param name="Id">Made with the form.</param>
/// <param name="Amount">Null for all of it.</param>
/// <param name="Text">The note, or the reason as the form names it.</param>
internal sealed record OperatorAsk(Guid Id, OrderId Order, string Operator, OperatorActionKind Kind, Money? Amount, string? Text)
{
    public RefundReason RefundReason => Enum.TryParse<RefundReason>(Text, out var reason) ? reason : RefundReason.RequestedByCustomer;

    public CancelReason CancelReason => Enum.TryParse<CancelReason>(Text, out var reason) ? reason : CancelReason.RequestedByCustomer;
}
