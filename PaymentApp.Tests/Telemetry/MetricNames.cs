using System.Text.RegularExpressions;

namespace PaymentApp.Tests.Telemetry;

/// <summary>
/// What Prometheus calls an OpenTelemetry metric, and what a query asks for:
/// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/.
/// </summary>
internal static partial class MetricNames
{
    private static readonly Dictionary<string, string> Units = new() { ["s"] = "_seconds", ["By"] = "_bytes", ["1"] = "_ratio" };

    private static readonly HashSet<string> Keywords =
        ["and", "or", "unless", "on", "ignoring", "by", "without", "group_left", "group_right", "bool", "offset"];

    /// <summary>The names of the series of an instrument.</summary>
    /// <param name="kind">The instrument's type without its type argument, such as <c>Counter</c>.</param>
    public static IReadOnlyList<string> Of(string name, string? unit, string kind)
    {
        var suffix = unit is null || unit.StartsWith('{') ? "" : unit is "1" && !kind.EndsWith("Gauge", StringComparison.Ordinal) ? "" : Units[unit];
        var series = name.Replace('.', '_') + suffix;
        return kind switch
        {
            "Counter" or "ObservableCounter" => [series + "_total"],
            "Histogram" => [series + "_bucket", series + "_sum", series + "_count"],
            "Gauge" or "ObservableGauge" or "UpDownCounter" or "ObservableUpDownCounter" => [series],
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    /// <summary>The series that a query reads.</summary>
    public static IReadOnlyList<string> ReadBy(string query)
    {
        var bare = Labels().Replace(Range().Replace(Text().Replace(query, ""), ""), "");
        return [.. Name().Matches(Grouping().Replace(bare, "")).Select(match => match.Value).Where(name => !Keywords.Contains(name)).Distinct()];
    }

    /// <summary>The labels that a query reads of any of its series.</summary>
    public static IReadOnlyList<string> LabelsReadBy(string query) =>
    [
        .. Grouping().Matches(query).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(Labels().Matches(query).SelectMany(match => Label().Matches(match.Value)).Select(match => match.Groups[1].Value)).Distinct(),
    ];

    [GeneratedRegex("""
        "[^"]*"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Text();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Labels();

    [GeneratedRegex(@"(\w+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex Label();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring)\s*\(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Name();
}
