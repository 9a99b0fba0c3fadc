using System.Collections.Frozen;

namespace PaymentApp.Payments;

/// <summary>What the gateway can answer to a step's request, whatever was asked for.</summary>
internal enum GatewayReply
{
    Answered,
    Rejected,
    Overtaken,
    NotExecuted,
    Unknown,

    /// <summary>Unknown, and the key will say nothing else.</summary>
    UnknownForGood,
}

/// <summary>What an answer means for the step that asked.</summary>
internal enum StepEnding
{
    /// <summary>It ends, and what was answered is recorded.</summary>
    Recorded,

    /// <summary>It ends, and the intent is as it was.</summary>
    Ended,

    /// <summary>It ends if no other try was made; else reading has to show that none of them was carried out.</summary>
    EndedIfOnlyTry,

    /// <summary>It stays open and is asked again with the same key.</summary>
    AskedAgain,

    /// <summary>It ends with what Stripe says of the payment.</summary>
    EndedByReading,
}

/// <summary>
/// The one table of how a step ends, by its kind and the gateway's answer. A step whose key has expired is ended by
/// reading whatever was answered before.
/// </summary>
internal static class PaymentStepEndings
{
    private static readonly Row Operation = new(
        Answered: StepEnding.Recorded,
        Rejected: StepEnding.Ended,
        Overtaken: StepEnding.EndedByReading,
        NotExecuted: StepEnding.EndedIfOnlyTry,
        Unknown: StepEnding.AskedAgain,
        UnknownForGood: StepEnding.EndedByReading);

    private static readonly FrozenDictionary<PaymentStepKind, Row> Table = new Dictionary<PaymentStepKind, Row>
    {
        // What does not exist yet cannot have moved: the request itself is at fault.
        [PaymentStepKind.Create] = Operation with { Overtaken = StepEnding.Ended },
        [PaymentStepKind.Confirm] = Operation,

        // Who has authenticated will be charged by whoever looks next, so nobody is told that it failed.
        [PaymentStepKind.ConfirmAuthenticated] = Operation with { NotExecuted = StepEnding.AskedAgain },
        [PaymentStepKind.Capture] = Operation,
        [PaymentStepKind.Cancel] = Operation,
        [PaymentStepKind.Refund] = Operation,
    }.ToFrozenDictionary();

    public static StepEnding Of(PaymentStepKind kind, GatewayReply reply) => reply switch
    {
        GatewayReply.Answered => Table[kind].Answered,
        GatewayReply.Rejected => Table[kind].Rejected,
        GatewayReply.Overtaken => Table[kind].Overtaken,
        GatewayReply.NotExecuted => Table[kind].NotExecuted,
        GatewayReply.Unknown => Table[kind].Unknown,
        GatewayReply.UnknownForGood => Table[kind].UnknownForGood,
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply, null),
    };

    public static StepEnding Of<T>(PaymentStepKind kind, GatewayAnswer<T> answer) => Of(kind, Reply(answer));

    private static GatewayReply Reply<T>(GatewayAnswer<T> answer) => answer switch
    {
        GatewayAnswer<T>.Answered => GatewayReply.Answered,
        GatewayAnswer<T>.Rejected => GatewayReply.Rejected,
        GatewayAnswer<T>.Overtaken => GatewayReply.Overtaken,
        GatewayAnswer<T>.NotExecuted => GatewayReply.NotExecuted,
        GatewayAnswer<T>.Unknown { HasEnded: true } => GatewayReply.UnknownForGood,
        GatewayAnswer<T>.Unknown => GatewayReply.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };

    private sealed record Row(
        StepEnding Answered, StepEnding Rejected, StepEnding Overtaken, StepEnding NotExecuted, StepEnding Unknown, StepEnding UnknownForGood);
}
