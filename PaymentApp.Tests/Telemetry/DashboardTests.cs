using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Desk;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Security;
using PaymentApp.Stripe;
using PaymentApp.Telemetry;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Tests.Telemetry;

/// <summary>The example dashboard and alert rules ask for metrics that there are, and leave none of the shop's own out.</summary>
public sealed partial class DashboardTests : IAsyncLifetime
{
    private static readonly string Dashboard = Path.Combine(Repository.Root, "deploy", "grafana", "dashboard.json");
    private static readonly string Alerts = Path.Combine(Repository.Root, "deploy", "prometheus", "alerts.yml");

    // A meter has its instruments once its owner is made.
    private static readonly Type[] Metered =
    [
        typeof(PaymentMetrics), typeof(WorkMetrics), typeof(GatewayMetrics), typeof(CatchUpState), typeof(WebhookMetrics), typeof(OrderLimit),
        typeof(FindOrderLimit), typeof(CircuitLimit), typeof(DeskMetrics),
    ];

    private readonly RecordedTelemetry _telemetry = new();
    private ManualShop _shop = null!;

    public async Task InitializeAsync() => _shop = await ManualShop.OpenAsync(_telemetry.AddTo);

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public void Every_metric_that_is_asked_for_is_measured()
    {
        var measured = Instruments().SelectMany(Series).ToHashSet();

        var asked = Queries().SelectMany(MetricNames.ReadBy).Distinct().ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.True(measured.Contains(name), $"Nothing measures {name}."));
    }

    [Fact]
    public void Every_metric_of_the_shops_own_is_shown_and_said_in_the_README()
    {
        var asked = Queries().SelectMany(MetricNames.ReadBy).ToHashSet();
        var shown = Panels().SelectMany(MetricNames.ReadBy).ToHashSet();
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var own = Instruments().Where(instrument => TelemetryHosting.Meters.Contains(instrument.Meter.Name)).ToList();

        Assert.NotEmpty(own);
        Assert.All(own, instrument =>
        {
            Assert.True(Series(instrument).Any(shown.Contains), $"No panel shows {instrument.Name}.");
            Assert.True(Series(instrument).Any(asked.Contains), $"Nothing asks for {instrument.Name}.");
            Assert.Contains($"`{instrument.Name}`", readme, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_alert_has_a_severity_and_says_what_happened_and_what_to_do()
    {
        var alerts = Alert().Split(File.ReadAllText(Alerts))[1..];

        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert => Assert.All(
            ["expr: '", "severity: ", "summary: '", "description: '"], part => Assert.Contains(part, alert, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("payments.outcomes", "{outcome}", "Counter", "payments_outcomes_total")]
    [InlineData("payments.challenge.duration", "s", "Histogram", "payments_challenge_duration_seconds_bucket")]
    [InlineData("payments.gateway.breaker", null, "ObservableGauge", "payments_gateway_breaker")]
    [InlineData("dotnet.process.memory.working_set", "By", "ObservableUpDownCounter", "dotnet_process_memory_working_set_bytes")]
    public void Prometheus_names_a_metric_with_its_unit_and_kind(string name, string? unit, string kind, string series) =>
        Assert.Equal(series, MetricNames.Of(name, unit, kind)[0]);

    [Fact]
    public void The_metrics_and_labels_of_a_query_are_found()
    {
        const string query = """sum by (work_kind) (rate(a_total{state="open", code=~"b_c"}[5m])) > 0.5 and on (job) absent(d_seconds) or e == 1""";

        Assert.Equal(["a_total", "d_seconds", "e"], MetricNames.ReadBy(query));
        Assert.Equal(["work_kind", "job", "state", "code"], MetricNames.LabelsReadBy(query));
    }

    /// <summary>What this shop's meters measure, and what the framework's do.</summary>
    private List<Instrument> Instruments()
    {
        // The meters of circuits are made with the first one.
        _shop.Services.GetRequiredService(Type.GetType(
            "Microsoft.AspNetCore.Components.Server.Circuits.CircuitMetrics, Microsoft.AspNetCore.Components.Server", throwOnError: true)!);
        foreach (var metered in Metered)
            _shop.Services.GetRequiredService(metered);

        var published = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => published.Add(instrument) };
        listener.Start();
        var meters = _shop.Services.GetRequiredService<IMeterFactory>();
        return [.. published.Where(instrument => instrument.Meter.Scope is null || instrument.Meter.Scope == meters)];
    }

    private static IReadOnlyList<string> Series(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        return instrument.Unit is null or "s" or "By" or "1" || instrument.Unit.StartsWith('{')
            ? MetricNames.Of(instrument.Name, instrument.Unit, kind[..kind.IndexOf('`', StringComparison.Ordinal)])
            : [];
    }

    private static IEnumerable<string> Queries() => Panels().Concat(AlertQueries());

    private static List<string> Panels()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Dashboard));
        return dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!).ToList();
    }

    private static IEnumerable<string> AlertQueries() =>
        Expression().Matches(File.ReadAllText(Alerts)).Select(match => match.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s+expr: '(.+)'$", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\s+- alert: ", RegexOptions.Multiline)]
    private static partial Regex Alert();
}
