using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace Orchestrator.Worker.Telemetry;

/// <summary>Registers the export of metrics, traces and logs.</summary>
internal static class TelemetryServices
{
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        // First in, last out: what the other services tell while they stop is sent as well.
        builder.Services.AddHostedService<TelemetryExport>();
        if (TelemetryExport.IsAskedFor("LOGS", builder.Configuration))
        {
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.SetResourceBuilder(TelemetryExport.Resource()).AddOtlpExporter();
            });
        }

        return builder;
    }
}
