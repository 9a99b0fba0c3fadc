using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PaymentApp.Desk;
using PaymentApp.Operations;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Security;
using PaymentApp.Stripe;
using PaymentApp.Work;

namespace PaymentApp.Telemetry;

/// <summary>
/// Wires OpenTelemetry where a collector is named, by OpenTelemetry's own settings:
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/. Where none is, nothing listens and nothing is recorded.
/// </summary>
internal static class TelemetryHosting
{
    /// <summary>The setting that names the collector.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string ServiceName = "PaymentApp";

    // https://learn.microsoft.com/aspnet/core/blazor/performance/#metrics-and-tracing. What is measured of each render is left out.
    private const string Components = "Microsoft.AspNetCore.Components";
    private const string Circuits = "Microsoft.AspNetCore.Components.Server.Circuits";

    /// <summary>The meters of the shop itself.</summary>
    public static IReadOnlyList<string> Meters { get; } =
        [PaymentMetrics.MeterName, OrderLimit.MeterName, CircuitLimit.MeterName, DeskMetrics.MeterName];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration[Endpoint] is not { Length: > 0 } endpoint)
            return;

        builder.Services.AddOptions<TelemetryOptions>().Configure(options => options.Endpoint = endpoint)
            .Validate(options => options.IsValid, $"{Endpoint} is the address of a collector that takes OTLP, such as http://localhost:4317.")
            .ValidateOnStart();
        builder.Services.AddRecording()
            .WithTracing(traces => traces.AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddOtlpExporter());
    }

    /// <summary>Has traces and metrics recorded; exporters are the caller's to add.</summary>
    public static OpenTelemetryBuilder AddRecording(this IServiceCollection services)
    {
        services.AddSingleton<RecordedHost>();
        services.AddQueueWatch();
        return services.AddOpenTelemetry()
            // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last and wins.
            .ConfigureResource(resource => resource
                .AddService(ServiceName, serviceVersion: typeof(TelemetryHosting).Assembly.GetName().Version?.ToString(3)).AddEnvironmentVariableDetector())
            .WithTracing(traces => traces
                .AddSource(PaymentTracing.SourceName, Components, Circuits)
                .AddAspNetCoreInstrumentation(Record)
                .AddHttpClientInstrumentation(http => http.EnrichWithHttpResponseMessage = (activity, response) =>
                    activity.SetTag(PaymentTracing.RequestId, StripeTracing.RequestIdOf(response)))
                .AddProcessor(new UrlScrubber()))
            .WithMetrics(metrics => metrics
                .AddMeter([.. Meters, Components, Circuits])
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation());
    }

    private static void Record(AspNetCoreTraceInstrumentationOptions requests)
    {
        // Another host in this process, such as the sandbox, is not the shop.
        requests.Filter = context => context.RequestServices.GetService<RecordedHost>() is not null
            && !context.Request.Path.Equals(Health.LivePath, StringComparison.OrdinalIgnoreCase)
            && !context.Request.Path.Equals(Health.ReadyPath, StringComparison.OrdinalIgnoreCase);
        // A circuit's every message would be a span; what matters of them are the events of its components.
        requests.EnableAspNetCoreSignalRSupport = false;
    }

    /// <summary>In the services of a host whose requests are recorded.</summary>
    private sealed class RecordedHost;
}
