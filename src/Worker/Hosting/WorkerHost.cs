using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orchestrator.Worker.Hosting;

/// <summary>The process around the worker: configuration, logging, its end.</summary>
internal static class WorkerHost
{
    /// <summary>
    /// A host that reads <c>appsettings.json</c> beside the program, then the environment (<c>ORCHESTRATOR__SECTION__KEY</c>), then the
    /// command line (<c>--Orchestrator:Section:Key=value</c>).
    /// </summary>
    public static HostApplicationBuilder CreateBuilder(string[] arguments)
    {
        // Every value is read once, when the worker starts; nothing is gained by watching the file, which takes one of few kernel watches.
        ConfigurationManager hostConfiguration = new();
        hostConfiguration["hostBuilder:reloadConfigOnChange"] = "false";
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = arguments,
            Configuration = hostConfiguration,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });

        // What the host would log as a stack trace comes out of RunAsync, or is told once when it has ended.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return builder;
    }

    /// <summary>Runs until it is told to stop, or one of its services fails.</summary>
    /// <returns>The exit code: 1 where a service failed.</returns>
    /// <exception cref="OptionsValidationException">The configuration has mistakes; alone or in an aggregate, all of them.</exception>
    public static async Task<int> RunAsync(IHost host)
    {
        // The host does so too, but makes its services first, and one of them may trip over one mistake before all are found.
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        BackgroundService[] services = [.. host.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
        await host.RunAsync();
        Exception[] faults = [.. services.Select(service => service.ExecuteTask?.Exception?.GetBaseException()).OfType<Exception>()];
        foreach (Exception fault in faults)
        {
            await Console.Error.WriteLineAsync($"error: The worker has failed: {fault.GetType().Name}: {fault.Message}");
        }

        return faults.Length == 0 ? 0 : 1;
    }
}
