using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Orchestrator.Worker.Telemetry;

/// <summary>
/// Sends metrics and traces to a collector over OTLP for as long as the worker runs. The variables of the OpenTelemetry specification
/// (<c>OTEL_*</c>) say where to, how, and what is left out; without an endpoint nothing is sent.
/// </summary>
internal sealed class TelemetryExport(IConfiguration configuration) : IHostedService, IDisposable
{
    /// <summary>The name of the service, where <c>OTEL_SERVICE_NAME</c> gives no other.</summary>
    public const string ServiceName = "orchestrator-worker";

    // The SDK in the tree and the official one, our own, and what .NET tells of calls to Kubernetes and of itself.
    private static readonly string[] Meters = ["Temporalio*", "Orchestrator*", "System.Net.Http", "System.Runtime"];
    private static readonly string[] Sources = ["Temporalio*", "Orchestrator*", "System.Net.Http"];

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <summary>Whether the variables name an endpoint for a signal: <c>METRICS</c>, <c>TRACES</c> or <c>LOGS</c>.</summary>
    public static bool IsAskedFor(string signal, IConfiguration configuration) =>
        !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(configuration[$"OTEL_{signal}_EXPORTER"], "none", StringComparison.OrdinalIgnoreCase)
        && (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]) is { Length: > 0 };

    /// <summary>Who is told of; <c>OTEL_RESOURCE_ATTRIBUTES</c> and <c>OTEL_SERVICE_NAME</c> go before it.</summary>
    public static ResourceBuilder Resource() =>
        ResourceBuilder.CreateEmpty().AddService(ServiceName).AddTelemetrySdk().AddEnvironmentVariableDetector();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsAskedFor("METRICS", configuration))
        {
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Meters).AddOtlpExporter().Build();
        }

        if (IsAskedFor("TRACES", configuration))
        {
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource(Sources).AddOtlpExporter().Build();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }
}
