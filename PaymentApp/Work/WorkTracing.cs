using System.Collections.Frozen;
using System.Diagnostics;
using PaymentApp.Payments;

namespace PaymentApp.Work;

/// <summary>The span of a piece of work. It begins a trace of its own, linked to the one that scheduled it, which may have ended long ago.</summary>
internal static class WorkTracing
{
    private static readonly FrozenDictionary<WorkKind, string> Names =
        Enum.GetValues<WorkKind>().ToFrozenDictionary(kind => kind, kind => $"process {PaymentTracing.Label(kind)}");

    /// <summary>Leaves whatever trace the caller is in.</summary>
    public static Activity? Start(WorkItem item)
    {
        Activity.Current = null;
        if (!PaymentTracing.Source.HasListeners())
            return null;

        return PaymentTracing.Source.StartActivity(
            Names[item.Kind],
            ActivityKind.Consumer,
            parentContext: default,
            tags: [new("work.kind", PaymentTracing.Label(item.Kind)), new("work.tries", item.Tries)],
            links: PaymentTracing.LinkTo(item.TraceParent) is { } link ? [link] : null);
    }

    /// <param name="result">Null where the process stops before there was one.</param>
    public static void SetResult(this Activity? activity, WorkResult? result)
    {
        if (activity is null)
            return;
        activity.SetTag("work.result", LabelOf(result));
        if (result is WorkResult.Retry or WorkResult.Park)
            activity.SetFailed(result is WorkResult.Retry retry ? retry.Error : ((WorkResult.Park)result).Error);
    }

    public static string LabelOf(WorkResult? result) => result switch
    {
        WorkResult.Done => "done",
        WorkResult.Again => "again",
        WorkResult.Retry => "retry",
        WorkResult.Park => "park",
        null => "released",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
