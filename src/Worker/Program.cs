using Microsoft.Extensions.Hosting;
using Orchestrator.Activities;
using Orchestrator.Worker.Health;
using Orchestrator.Worker.Hosting;
using Orchestrator.Worker.Servers;
using Orchestrator.Worker.Telemetry;

try
{
    HostApplicationBuilder builder = WorkerHost.CreateBuilder(args);
    builder.AddTelemetry();
    builder.Services
        .AddOrchestratorActivities(builder.Configuration)
        .AddHealth(builder.Configuration)
        .AddTemporal(builder.Configuration);
    using IHost host = builder.Build();
    return await WorkerHost.RunAsync(host);
}
catch (OperationCanceledException)
{
    // Told to stop before it had begun.
    return 0;
}
catch (Exception e) when (StartFault.Explain(e) is { } sentences)
{
    foreach (string sentence in sentences)
    {
        await Console.Error.WriteLineAsync($"error: {sentence}");
    }

    return StartFault.ExitCode;
}
