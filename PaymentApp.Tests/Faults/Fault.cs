using System.Globalization;

namespace PaymentApp.Tests.Faults;

/// <summary>What goes wrong with a request to Stripe.</summary>
public enum Fault
{
    Refused,
    ResetBefore,
    ResetAfter,
    TimeoutAfter,
    Error500Before,
    Error500After,
    Error500Stored,
    Conflict409,
    RateLimit429,
    LockTimeout429,
    EmptyBody,
    Html,
    TruncatedJson,
    WrongTypes,
}

internal static class Faults
{
    /// <summary>Longer than any test moves the clock while it is held back.</summary>
    private const string Latency = "600000";

    /// <summary>The sandbox's name for it; null for what happens before Stripe.</summary>
    public static string? Wire(this Fault fault) => fault switch
    {
        Fault.Refused => null,
        Fault.ResetBefore => "reset_before",
        Fault.ResetAfter => "reset_after",
        Fault.TimeoutAfter => "delay_after",
        Fault.Error500Before => "error_before",
        Fault.Error500After => "error_after",
        Fault.Error500Stored => "error_stored",
        Fault.Conflict409 => "conflict",
        Fault.RateLimit429 => "rate_limit",
        Fault.LockTimeout429 => "lock_timeout",
        Fault.EmptyBody => "empty_body",
        Fault.Html => "html",
        Fault.TruncatedJson => "truncated",
        Fault.WrongTypes => "wrong_types",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>Whether a request that met it was certainly not carried out, and the shop can know.</summary>
    public static bool IsKnownToMoveNothing(this Fault fault) => fault is Fault.Refused or Fault.RateLimit429;

    public static Dictionary<string, string> Form(this Fault fault, string route, int count, int skip) => new()
    {
        ["kind"] = fault.Wire()!,
        ["route"] = route,
        ["count"] = count.ToString(CultureInfo.InvariantCulture),
        ["skip"] = skip.ToString(CultureInfo.InvariantCulture),
        ["latency_ms"] = Latency,
    };
}
