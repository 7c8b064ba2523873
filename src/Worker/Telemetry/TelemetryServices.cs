using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orchestrator.Workflows.Tracing;

namespace Orchestrator.Worker.Telemetry;

/// <summary>Registers the export of metrics, traces and logs; <c>docs/telemetry.md</c> lists them.</summary>
internal static class TelemetryServices
{
    // Where OTEL_SERVICE_NAME gives no other.
    private const string ServiceName = "orchestrator-worker";

    /// <exception cref="Hosting.WorkerSetupException">A variable names an exporter that the worker does not have.</exception>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        Signals signals = new(builder.Configuration);
        builder.Services.AddSingleton(signals);
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(
            resource => resource.Clear().AddService(ServiceName).AddTelemetrySdk().AddEnvironmentVariableDetector());
        if (signals.MetricsAreSent || signals.MetricsAreScraped)
        {
            builder.Services.AddSingleton<CoreMeter>();
            telemetry.WithMetrics(metrics => AddMetrics(metrics, signals));
        }

        if (signals.TracesAreSent)
        {
            telemetry.WithTracing(
                traces => traces.AddSource(TraceInterceptor.SourceName, "Orchestrator*").AddHttpClientInstrumentation().AddOtlpExporter());
        }

        if (signals.LogsAreSent)
        {
            telemetry.WithLogging(logs => logs.AddOtlpExporter(), options => options.IncludeFormattedMessage = true);
        }

        return builder;
    }

    private static void AddMetrics(MeterProviderBuilder metrics, Signals signals)
    {
        metrics.AddMeter(CoreMeter.Name, "Orchestrator*")
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddProcessInstrumentation();
        if (signals.MetricsAreSent)
        {
            metrics.AddOtlpExporter();
        }

        if (signals.MetricsAreScraped)
        {
            metrics.AddPrometheusExporter();
        }
    }
}
