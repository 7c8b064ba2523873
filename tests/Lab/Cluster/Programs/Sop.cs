using System.Diagnostics;

namespace Orchestrator.Lab.Cluster.Programs;

/// <summary>Runs the real <c>sop</c> as a person does.</summary>
public sealed class Sop(IReadOnlyDictionary<string, string> environment)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a command to its end.</summary>
    public async Task<ProgramRun> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Limit);
        return new(process.ExitCode, await output, await errors);
    }

    private Process Start(string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "sop"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
