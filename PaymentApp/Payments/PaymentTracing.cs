using System.Diagnostics;
using System.Text.Json;

namespace PaymentApp.Payments;

/// <summary>
/// The spans that the shop itself records, and what they are called. Without a listener nothing is recorded, and every
/// method here does nothing. No span holds an id of an order, a shopper's address or a secret: the order's number and
/// Stripe's request id lead from a payment to its trace.
/// </summary>
internal static class PaymentTracing
{
    public const string SourceName = "PaymentApp";

    /// <summary>Stripe's id of the request that was made: https://docs.stripe.com/api/request_ids.</summary>
    public const string RequestId = "stripe.request_id";

    /// <summary>The number that shopper and operator call the order by. It opens nothing, unlike the order's id.</summary>
    public const string OrderNumber = "payment.order.number";

    public const string Outcome = "payment.outcome";

    public const string Code = "payment.code";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>The trace context of what is going on now, for work that is done later; null where nothing is recorded. https://www.w3.org/TR/trace-context/.</summary>
    public static string? TraceParent =>
        Source.HasListeners() && Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true } current ? current.Id : null;

    /// <summary>A link to what had something done; null where that was not recorded.</summary>
    public static ActivityLink? LinkTo(string? traceParent) =>
        traceParent is not null && ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var context)
            ? new ActivityLink(context)
            : null;

    /// <summary>Links what is recorded now to another trace; does nothing within the same one.</summary>
    public static void AddLinkTo(this Activity? activity, string? traceParent)
    {
        if (activity is { IsAllDataRequested: true } && LinkTo(traceParent) is { } link && link.Context.TraceId != activity.TraceId)
            activity.AddLink(link);
    }

    /// <summary>A shopper's click on the button that pays.</summary>
    public static Activity? StartSubmit() => Source.StartActivity("submit checkout");

    /// <summary>A confirmation that a page goes on with, after the bank's page or a reload.</summary>
    public static Activity? StartResume() => Source.StartActivity("resume checkout");

    public static Activity? StartStep(Payment payment, PaymentStep step)
    {
        if (!Source.HasListeners() || Source.StartActivity($"step {Label(step.Kind)}") is not { } activity)
            return null;
        activity.AddLinkTo(payment.TraceParent);
        return activity
            .SetTag(OrderNumber, payment.Order.Number)
            .SetTag("payment.step.kind", Label(step.Kind))
            .SetTag("payment.step.sequence", step.Sequence)
            .SetTag("payment.attempt", step.Attempt);
    }

    /// <param name="end">Null where somebody else has the answer.</param>
    public static void SetEnd(this Activity? activity, StepEnd? end)
    {
        if (activity is null)
            return;
        var (name, failure) = end switch
        {
            StepEnd.Recorded { Intent: { State: PaymentState.AwaitingPayment, Failure: { } declined } } => ("declined", declined),
            StepEnd.Recorded => ("recorded", null),
            StepEnd.Failed { Failure: var refused } => ("failed", refused),
            StepEnd.Overtaken { Failure: var late } => ("overtaken", late),
            StepEnd.Mismatch => ("mismatch", new PaymentFailure(FailureReason.GenericDecline, "intent_mismatch")),
            StepEnd.Unknown => ("unknown", new PaymentFailure(FailureReason.ServiceBusy, "outcome_unknown")),
            null => ("settled_elsewhere", (PaymentFailure?)null),
            _ => throw new ArgumentOutOfRangeException(nameof(end)),
        };
        activity.SetTag("payment.step.end", name);
        if (failure is not null)
            activity.SetFailed(CodeOf(failure));
    }

    /// <summary>Marks a span as failed.</summary>
    /// <param name="code">A code or a few words of the shop's own: messages of exceptions may hold whole bodies.</param>
    public static void SetFailed(this Activity? activity, string code) =>
        activity?.SetStatus(ActivityStatusCode.Error, code).SetTag("error.type", code);

    /// <summary>Marks a span as ended by an exception, of which its type is all that is kept.</summary>
    public static void SetFailed(this Activity? activity, Exception exception) => activity.SetFailed(exception.GetType().FullName!);

    /// <summary>The bank's code, or else Stripe's, or else the reason.</summary>
    public static string CodeOf(PaymentFailure failure) => failure.DeclineCode ?? failure.Code ?? Label(failure.Reason);

    /// <summary>A value of a closed set, as attributes and labels write it.</summary>
    public static string Label<T>(T value)
        where T : struct, Enum => Labels<T>.Known.TryGetValue(value, out var label) ? label : "other";

    private static class Labels<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Known =
            Enum.GetValues<T>().Distinct().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}
