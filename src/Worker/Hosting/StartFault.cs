using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Orchestrator.Worker.Hosting;

/// <summary>What keeps a worker from starting, for people: one sentence each, no stack trace.</summary>
internal static class StartFault
{
    /// <summary>The exit code of a worker that is not set up right; restarting it does not help.</summary>
    public const int ExitCode = 2;

    /// <summary>The sentences; null for a fault of the worker itself.</summary>
    public static IReadOnlyList<string>? Explain(Exception fault) => fault switch
    {
        OptionsValidationException options => [.. options.Failures],
        AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            [.. several.InnerExceptions.SelectMany(inner => Explain(inner)!)],
        WorkerSetupException setup => [setup.Message],

        // Thrown by the configuration's own readers: a file that is no JSON, a value that is no number.
        InvalidDataException or FormatException when fault.InnerException is JsonException or FormatException =>
            [$"{fault.Message.TrimEnd('.')}: {fault.InnerException.Message}"],
        InvalidOperationException when fault.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) =>
            [fault.Message],
        _ => null,
    };
}
