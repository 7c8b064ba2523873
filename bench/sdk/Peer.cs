using System.Diagnostics;
using Orchestrator.Lab.Servers;

namespace Temporalio.Bench;

/// <summary>One of the two SDKs under measurement: how to start its programs.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Program">The program.</param>
/// <param name="Arguments">The arguments before those of the measurement.</param>
internal sealed record Peer(string Name, string Program, IReadOnlyList<string> Arguments)
{
    private static readonly string TypeScriptFolder = Path.Combine(LabTools.RepositoryRoot, "tests", "Temporalio", "TypeScript");

    public static Peer Ours { get; } = new("sdk/Temporalio", Environment.ProcessPath!, []);

    public static Peer TypeScript { get; } = new("official TypeScript SDK", "node", [Path.Combine(TypeScriptFolder, "bench.js")]);

    /// <summary>Fetches the official SDK unless it is there.</summary>
    /// <exception cref="InvalidOperationException">npm failed.</exception>
    public static async Task FetchAsync()
    {
        if (!File.Exists(Path.Combine(TypeScriptFolder, "node_modules", ".package-lock.json")))
        {
            // Not "npm ci": the lock file names the compiler's binaries of the platforms that the registry had, and "ci" wants all of them.
            string[] install = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
            using Process npm = Process.Start(new ProcessStartInfo("npm", install) { WorkingDirectory = TypeScriptFolder })!;
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException(
                    $"npm could not fetch the official TypeScript SDK (exit code {npm.ExitCode}). Run 'npm install --no-save' in {TypeScriptFolder} to see why.");
            }
        }
    }

    public Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new(Program, [.. Arguments, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // Socket events are handled on the thread that learns of them; like the settings in the project file, for a process that mostly waits.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        return Process.Start(start)!;
    }
}
