using System.Text.RegularExpressions;

namespace StripeSandbox.Forms;

/// <summary>
/// The rules of every route's parameters, out of Stripe's published description (https://github.com/stripe/openapi). The table
/// is made by <c>eng/stripe-rules/make-rules.mjs</c>: a rule of the description holds on each of its routes.
/// </summary>
internal static partial class ParameterRules
{
    private const string Table = "StripeSandbox.parameter-rules.txt";

    private static readonly Dictionary<string, ParameterRule> ByRoute = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, string[]> ByObject = new(StringComparer.Ordinal);
    private static readonly ParameterRule Anything = new();

    static ParameterRules() => Read();

    /// <summary>Whether the description tells of that route, named as <c>POST /v1/refunds/{id}</c>.</summary>
    public static bool Know(string method, string pattern) => ByRoute.ContainsKey(Key(method, pattern));

    /// <summary>The rules of a route; none for a route that is the sandbox's own.</summary>
    public static ParameterRule Of(string method, string pattern) => ByRoute.GetValueOrDefault(Key(method, pattern)) ?? Anything;

    /// <summary>Whether an object of that kind, <c>payment_intent</c> for one, has such a property.</summary>
    public static bool HasProperty(string kind, string property) => ByObject.TryGetValue(kind, out var names) && names.Contains(property);

    private static string Key(string method, string pattern) => $"{method} {RouteParameter().Replace(pattern, "{id}")}";

    private static void Read()
    {
        using var stream = typeof(ParameterRules).Assembly.GetManifestResourceStream(Table)!;
        using var lines = new StreamReader(stream);
        ParameterRule? route = null;
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[0] == '=')
                ByObject.Add(line.Split(' ')[1], line.Split(' ')[2..]);
            else if (char.IsAsciiLetterUpper(line[0]))
                ByRoute.Add(line, route = new ParameterRule());
            else
                ParameterRule.AddTo(route!, line);
        }
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex RouteParameter();
}
