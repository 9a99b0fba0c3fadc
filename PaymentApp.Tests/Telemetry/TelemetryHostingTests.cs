using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
        await using var collector = await OtlpCollector.StartAsync();
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
}
