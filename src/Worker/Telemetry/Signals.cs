using Microsoft.Extensions.Configuration;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Telemetry;

/// <summary>
/// Where metrics, traces and logs go, as the variables of the OpenTelemetry specification say: to a collector over OTLP where an endpoint
/// is named; metrics also to whoever scrapes <c>/metrics</c>, where <c>OTEL_METRICS_EXPORTER</c> lists <c>prometheus</c>.
/// </summary>
internal sealed class Signals
{
    private const string Otlp = "otlp";
    private const string Prometheus = "prometheus";
    private const string None = "none";

    /// <exception cref="WorkerSetupException">A variable names an exporter that the worker does not have.</exception>
    public Signals(IConfiguration configuration)
    {
        HashSet<string> metrics = Exporters("METRICS", configuration, Otlp, Prometheus, None);
        HashSet<string> traces = Exporters("TRACES", configuration, Otlp, None);
        HashSet<string> logs = Exporters("LOGS", configuration, Otlp, None);
        if (!string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            MetricsAreSent = metrics.Contains(Otlp) && HasEndpoint("METRICS", configuration);
            MetricsAreScraped = metrics.Contains(Prometheus);
            TracesAreSent = traces.Contains(Otlp) && HasEndpoint("TRACES", configuration);
            LogsAreSent = logs.Contains(Otlp) && HasEndpoint("LOGS", configuration);
        }
    }

    public bool MetricsAreSent { get; }

    public bool MetricsAreScraped { get; }

    public bool TracesAreSent { get; }

    public bool LogsAreSent { get; }

    private static HashSet<string> Exporters(string signal, IConfiguration configuration, params string[] known)
    {
        string variable = $"OTEL_{signal}_EXPORTER";
        string[] names = (configuration[variable] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new WorkerSetupException($"{variable} lists '{unknown}'; the worker supports {string.Join(", ", known)}.")
            : [.. names.Length == 0 ? [Otlp] : names];
    }

    private static bool HasEndpoint(string signal, IConfiguration configuration) =>
        (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]) is { Length: > 0 };
}
