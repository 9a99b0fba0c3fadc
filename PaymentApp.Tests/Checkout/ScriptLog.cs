namespace PaymentApp.Tests.Checkout;

/// <summary>What was asked of the browser, in order, and whether there still is one.</summary>
internal sealed class ScriptLog
{
    private readonly List<string> _calls = [];

    /// <summary>What every call ends in from now on.</summary>
    public Exception? Breakdown { get; set; }

    public IReadOnlyList<string> Calls => _calls;

    /// <summary>What happens while the next call is being made.</summary>
    public Action? DuringNext { get; set; }

    public void Add(string call)
    {
        _calls.Add(call);
        var happens = DuringNext;
        DuringNext = null;
        happens?.Invoke();
    }
}
