using Microsoft.Extensions.Logging;
using Temporalio.Runtime;

namespace Orchestrator.Worker.Telemetry;

/// <summary>
/// What Temporal's core, which is native code, tells of itself: its log goes into the worker's, its metrics into <see cref="CoreMeter"/>.
/// </summary>
internal static class CoreTelemetry
{
    private const string LogCategory = "Temporalio.Core";

    // Core warns of each retry of each of its ten polls; that Temporal is away, the worker itself says once.
    private const string LogFilter =
        "ERROR,temporalio_common=WARN,temporalio_sdk_core=WARN,temporalio_client=WARN,temporalio_sdk=WARN,temporalio_client::retry=ERROR";

    /// <summary>A runtime for the worker's client.</summary>
    /// <param name="logging">Takes warnings and worse.</param>
    /// <param name="meter">Null where nobody wants metrics: core then records none.</param>
    public static TemporalRuntime CreateRuntime(ILoggerFactory logging, CoreMeter? meter) => new(new()
    {
        Telemetry = new()
        {
            Logging = new() { Filter = new(LogFilter), Forwarding = new(logging.CreateLogger(LogCategory)) },
            Metrics = meter is null ? null : new()
            {
                CustomMetricMeter = meter,
                CustomMetricMeterOptions = new() { HistogramDurationFormat = CustomMetricMeterOptions.DurationFormat.FloatSeconds },
            },
        },
    });
}
