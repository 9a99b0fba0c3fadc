using Microsoft.JSInterop;

namespace PaymentApp.Checkout;

/// <summary>What became of a call into the browser: always exactly one of these.</summary>
internal abstract record BrowserAnswer<T>
{
    private BrowserAnswer()
    {
    }

    /// <summary>The script answered.</summary>
    public sealed record Answered(T Value) : BrowserAnswer<T>;

    /// <summary>The script threw.</summary>
    public sealed record Failed(JSException Exception) : BrowserAnswer<T>;

    /// <summary>No answer came in the time there was.</summary>
    public sealed record TimedOut : BrowserAnswer<T>;

    /// <summary>The browser was away for a while: the call or its answer may have reached nobody.</summary>
    public sealed record Lost : BrowserAnswer<T>;
}
