namespace StripeSandbox.Faults;

/// <summary>What can go wrong between a client and Stripe.</summary>
public enum FaultKind
{
    /// <summary>The connection is reset before the request is read.</summary>
    ResetBefore,

    /// <summary>The request is executed, then the connection is reset without an answer.</summary>
    ResetAfter,

    /// <summary>The request waits, its idempotency key in use, and is then executed.</summary>
    DelayBefore,

    /// <summary>The request is executed; the answer comes after the latency.</summary>
    DelayAfter,

    /// <summary>500, nothing executed.</summary>
    ErrorBefore,

    /// <summary>The request is executed and its answer kept under its key, but the client gets 500.</summary>
    ErrorAfter,

    /// <summary>The request is executed, and 500 is what its key answers from now on.</summary>
    ErrorStored,

    /// <summary>409, nothing executed.</summary>
    Conflict,

    /// <summary>429 with <c>Retry-After</c>, nothing executed.</summary>
    RateLimit,

    /// <summary>429 <c>lock_timeout</c> with <c>Stripe-Should-Retry: true</c>, nothing executed.</summary>
    LockTimeout,

    /// <summary>The refusal that the fault was given, nothing executed.</summary>
    Refuse,

    /// <summary>Executed; the body is empty.</summary>
    EmptyBody,

    /// <summary>Executed; the body is a page of HTML.</summary>
    Html,

    /// <summary>Executed; the JSON ends in the middle.</summary>
    Truncated,

    /// <summary>Executed; numbers are texts and texts are numbers.</summary>
    WrongTypes,
}

/// <summary>The kinds' names on the wire.</summary>
internal static class FaultKinds
{
    private static readonly Dictionary<string, FaultKind> ByName = new()
    {
        ["reset_before"] = FaultKind.ResetBefore,
        ["reset_after"] = FaultKind.ResetAfter,
        ["delay_before"] = FaultKind.DelayBefore,
        ["delay_after"] = FaultKind.DelayAfter,
        ["error_before"] = FaultKind.ErrorBefore,
        ["error_after"] = FaultKind.ErrorAfter,
        ["error_stored"] = FaultKind.ErrorStored,
        ["conflict"] = FaultKind.Conflict,
        ["rate_limit"] = FaultKind.RateLimit,
        ["lock_timeout"] = FaultKind.LockTimeout,
        ["refuse"] = FaultKind.Refuse,
        ["empty_body"] = FaultKind.EmptyBody,
        ["html"] = FaultKind.Html,
        ["truncated"] = FaultKind.Truncated,
        ["wrong_types"] = FaultKind.WrongTypes,
    };

    public static string[] Names { get; } = [.. ByName.Keys];

    public static FaultKind Parse(string name) => ByName[name];

    public static string Wire(this FaultKind kind) => ByName.First(pair => pair.Value == kind).Key;
}
