using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PaymentApp.Payments;
using PaymentApp.Telemetry;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Work;

namespace PaymentApp.Tests.Telemetry;

/// <summary>A collector that is named gets traces and metrics; without one nothing is recorded.</summary>
public sealed class TelemetryHostingTests
{
    [Fact]
    public async Task Without_a_collector_nothing_listens()
    {
        await using var shop = await Shop.OpenAsync();

        Assert.Null(shop.Services.GetService<TracerProvider>());
        Assert.Null(shop.Services.GetService<MeterProvider>());
        Assert.DoesNotContain(shop.Services.GetServices<IHostedService>(), service => service is QueueWatch);
    }

    [Fact]
    public async Task A_collector_that_is_named_gets_traces_and_metrics_over_OTLP()
    {
        await using var collector = await Collector.StartAsync();
        var builder = Builder(collector.Address.ToString(), "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_SERVICE_NAME=kettle-shop");
        builder.AddTelemetry();
        await using var services = builder.Services.BuildServiceProvider();
        var traces = services.GetRequiredService<TracerProvider>();
        var metrics = services.GetRequiredService<MeterProvider>();

        using (PaymentTracing.Source.StartActivity("pay order"))
            new PaymentMetrics(services.GetRequiredService<IMeterFactory>()).Ended("pay", "succeeded", code: null);
        Assert.True(traces.ForceFlush());
        Assert.True(metrics.ForceFlush());

        Assert.All(["pay order", "kettle-shop"], word => Assert.Contains(word, collector.Received("/v1/traces"), StringComparison.Ordinal));
        Assert.All(["payments.outcomes", "kettle-shop"], word => Assert.Contains(word, collector.Received("/v1/metrics"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("localhost:4317")]
    [InlineData("collector")]
    [InlineData("file:///tmp/traces")]
    public void A_collector_without_an_address_stops_the_start_with_the_name_of_the_setting(string endpoint)
    {
        var builder = Builder(endpoint);
        builder.AddTelemetry();
        using var services = builder.Services.BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
        Assert.Contains(TelemetryHosting.Endpoint, refused.Message, StringComparison.Ordinal);
    }

    private static WebApplicationBuilder Builder(string endpoint, params string[] args) =>
        WebApplication.CreateBuilder([$"--{TelemetryHosting.Endpoint}={endpoint}", .. args]);

    /// <summary>Takes what is exported, and keeps it as it came.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, string> _received = new();
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public Uri Address => new(_app.Urls.Single());

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var collector = new Collector(builder.Build());
            collector._app.Run(collector.TakeAsync);
            await collector._app.StartAsync();
            return collector;
        }

        public string Received(string path) => _received.GetValueOrDefault(path, "");

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.AddOrUpdate(context.Request.Path, _ => Text(body), (_, before) => before + Text(body));
        }

        private static string Text(MemoryStream body) => Encoding.Latin1.GetString(body.ToArray());
    }
}
