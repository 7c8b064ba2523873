using System.Diagnostics;

namespace Orchestrator.Starter.Tests.Processes;

/// <summary>Runs <c>sop</c> as people do: as a process.</summary>
internal static class SopProcess
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(60);

    public static async Task<SopResult> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "sop"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(LongestRun);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return new SopResult(process.ExitCode, await output, await error);
    }
}
