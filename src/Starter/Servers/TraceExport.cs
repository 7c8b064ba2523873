using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orchestrator.Workflows.Tracing;

namespace Orchestrator.Starter.Servers;

/// <summary>
/// Sends the spans of this command to a collector, where the variables of the OpenTelemetry specification (<c>OTEL_*</c>) name one: what a
/// command starts is then one trace with it.
/// </summary>
internal static class TraceExport
{
    // Where OTEL_SERVICE_NAME gives no other.
    private const string ServiceName = "sop";

    /// <returns>Sends what is left when disposed; null where there is no collector.</returns>
    public static IDisposable? Start()
    {
        bool named = Value("OTEL_EXPORTER_OTLP_ENDPOINT") is not null || Value("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") is not null;
        bool off = Value("OTEL_SDK_DISABLED") is "true" || Value("OTEL_TRACES_EXPORTER") is "none";
        return named && !off
            ? Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(resource => resource.Clear().AddService(ServiceName).AddTelemetrySdk().AddEnvironmentVariableDetector())
                .AddSource(TraceInterceptor.SourceName)
                .AddOtlpExporter()
                .Build()
            : null;
    }

    private static string? Value(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
