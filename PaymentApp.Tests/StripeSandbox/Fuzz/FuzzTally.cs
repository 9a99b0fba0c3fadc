using System.Collections.Concurrent;
using StripeSandbox.Calls;

namespace PaymentApp.Tests.Sandbox.Fuzz;

/// <summary>What was answered to how many requests, route by route.</summary>
internal sealed class FuzzTally
{
    private readonly ConcurrentDictionary<(string Route, int Status), int> _counts = new();

    public int Accepted => _counts.Where(count => count.Key.Status < 400).Sum(count => count.Value);

    /// <summary>The routes that accepted at least one request, in the order of their names.</summary>
    public IEnumerable<string> RoutesThatAnswered =>
        [.. _counts.Keys.Where(key => key.Status < 400).Select(key => key.Route).Distinct().Order(StringComparer.Ordinal)];

    public static string NameOf(ApiRoute route) => $"{route.Method} {route.Pattern}";

    public void Count(ApiRoute route, int status) => _counts.AddOrUpdate((NameOf(route), status), 1, (_, count) => count + 1);

    public override string ToString() => string.Join('\n', _counts.GroupBy(count => count.Key.Route).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"{group.Key}: " + string.Join(", ", group.OrderBy(count => count.Key.Status).Select(count => $"{count.Value}x {count.Key.Status}"))));
}
