using System.Collections.ObjectModel;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PaymentApp.Telemetry;

namespace PaymentApp.Tests.Telemetry;

/// <summary>
/// What a shop would send to a collector. Other shops of this process record into it as well, so a test looks at the traces
/// that it began itself.
/// </summary>
internal sealed class RecordedTelemetry
{
    private readonly Recorded<Activity> _spans = [];
    private readonly Recorded<MetricSnapshot> _metrics = [];

    public IReadOnlyList<Activity> Spans => _spans.Copy();

    public void AddTo(IServiceCollection services) => services.AddRecording()
        .WithTracing(traces => traces.AddInMemoryExporter(_spans))
        .WithMetrics(metrics => metrics.AddInMemoryExporter(_metrics));

    /// <summary>How the metrics of a shop stand now.</summary>
    public IReadOnlyList<MetricSnapshot> MetricsOf(IServiceProvider services)
    {
        _metrics.Clear();
        Assert.True(services.GetRequiredService<MeterProvider>().ForceFlush());
        return _metrics.Copy();
    }

    public IReadOnlyList<Activity> TraceOf(ActivityTraceId trace) => [.. Spans.Where(span => span.TraceId == trace)];

    /// <summary>The one span of a trace that has this name.</summary>
    public Activity SpanOf(ActivityTraceId trace, string name) => Assert.Single(TraceOf(trace), span => span.DisplayName == name);

    /// <summary>The one span of this name that is linked to a trace.</summary>
    public Activity LinkedTo(ActivityTraceId trace, string name) =>
        Assert.Single(Spans, span => span.DisplayName == name && span.Links.Any(link => link.Context.TraceId == trace));

    /// <summary>All that a span says: its name, attributes, events, links and status.</summary>
    public static string Written(Activity span) => string.Join(' ',
        [span.DisplayName, span.OperationName, span.StatusDescription ?? "", span.TraceStateString ?? "",
         .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"), .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
         .. span.Events.SelectMany(happened => happened.Tags.Select(tag => $"{happened.Name} {tag.Key}={tag.Value}")),
         .. span.Links.SelectMany(link => link.Tags ?? []).Select(tag => $"{tag.Key}={tag.Value}")]);

    /// <summary>All that a metric says: its name and description, and the labels of each of its series.</summary>
    public static string Written(MetricSnapshot metric)
    {
        var text = new List<string> { metric.MeterName, metric.Name, metric.Description, metric.Unit };
        foreach (var point in metric.MetricPoints)
        {
            foreach (var tag in point.Tags)
                text.Add($"{tag.Key}={tag.Value}");
        }

        return string.Join(' ', text);
    }

    private sealed class Recorded<T> : Collection<T>
    {
        private readonly Lock _gate = new();

        public IReadOnlyList<T> Copy()
        {
            lock (_gate)
                return [.. Items];
        }

        protected override void InsertItem(int index, T item)
        {
            // The index was read without the lock.
            lock (_gate)
                Items.Add(item);
        }

        protected override void ClearItems()
        {
            lock (_gate)
                Items.Clear();
        }
    }
}
