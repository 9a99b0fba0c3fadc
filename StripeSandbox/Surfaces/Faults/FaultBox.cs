using System.Text.RegularExpressions;
using StripeSandbox.Forms;

namespace StripeSandbox.Faults;

/// <summary>The faults that are switched on. There are none until somebody asks for one.</summary>
internal sealed partial class FaultBox
{
    public const string EveryRoute = "*";

    private readonly Lock _gate = new();
    private FaultRule[] _rules = [];

    public IReadOnlyList<FaultRule> Rules => Volatile.Read(ref _rules);

    public void Add(FaultRule rule)
    {
        lock (_gate)
            Volatile.Write(ref _rules, [.. _rules, rule]);
    }

    public void Clear()
    {
        lock (_gate)
            Volatile.Write(ref _rules, []);
    }

    /// <summary>The fault that strikes every request of that route, if one does.</summary>
    public FaultRule? Strike(string method, string pattern)
    {
        foreach (var rule in Rules)
            if (rule.Parameter is null && Meets(rule.Route, method, pattern) && rule.Strikes())
                return rule;
        return null;
    }

    /// <summary>The fault that strikes requests of that route with one of these parameters, if one does.</summary>
    public FaultRule? Strike(string method, string pattern, FormNode form)
    {
        foreach (var rule in Rules)
            if (rule.Parameter is { } name && form.Has(name) && Meets(rule.Route, method, pattern) && rule.Strikes())
                return rule;
        return null;
    }

    /// <summary>A route with its parameters named alike: <c>{intent}</c> is <c>{id}</c>.</summary>
    public static string Normalize(string route) => RouteParameter().Replace(route.Trim(), "{id}");

    private static bool Meets(string route, string method, string pattern) =>
        route == EveryRoute
        || (route.StartsWith('/') ? route == pattern : route.Length == method.Length + 1 + pattern.Length
            && route.StartsWith(method, StringComparison.Ordinal) && route.EndsWith(pattern, StringComparison.Ordinal));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex RouteParameter();
}
