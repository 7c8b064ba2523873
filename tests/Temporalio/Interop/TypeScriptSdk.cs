using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Lab.Servers;

namespace Temporalio.Tests.Interop;

/// <summary>The official TypeScript SDK, from the pinned packages of <c>../TypeScript</c>; fetched with npm when it is first used.</summary>
internal static class TypeScriptSdk
{
    private static readonly TimeSpan FetchLimit = TimeSpan.FromMinutes(5);

    public static string Folder { get; } = Path.Combine(LabTools.RepositoryRoot, "tests", "Temporalio", "TypeScript");

    /// <summary>Why the SDK cannot be used here; null if it can.</summary>
    public static string? MissingReason { get; } =
        LabTools.Folder is null ? LabTools.MissingReason
        : IsOnPath("node") && IsOnPath("npm") ? null
        : "needs node and npm on the PATH, for the official TypeScript SDK";

    /// <summary>Starts a worker of the programs in <c>workflows.js</c>; it ends when its input is closed.</summary>
    public static async Task<Process> StartWorkerAsync(string address, string taskQueue)
    {
        await FetchAsync();
        Process worker = Start("node", "program.js", "worker", address, taskQueue);
        Assert.Equal("ready", await worker.StandardOutput.ReadLineAsync().Within());
        return worker;
    }

    /// <summary>Replays all histories in a folder, files named NAME.json.</summary>
    /// <returns>By name what went wrong; null where nothing did.</returns>
    public static async Task<IReadOnlyDictionary<string, string?>> ReplayAsync(string folder)
    {
        await FetchAsync();
        using Process replay = Start("node", "program.js", "replay", folder);
        string output = await EndAsync(replay, Bounded.Limit * 3);

        // The SDK's own log may stand between the lines.
        return output.Split('\n').Where(line => line.StartsWith('{'))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .ToDictionary(line => line.GetProperty("name").GetString()!, line => line.GetProperty("error").GetString());
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task FetchAsync()
    {
        // What npm writes when it is done.
        if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            return;
        }

        // Not "npm ci": the lock file names the compiler's binaries of the platforms that the registry had, and "ci" wants all of them.
        using Process npm = Start("npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error");
        await EndAsync(npm, FetchLimit);
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = Folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = false,
    })!;

    private static async Task<string> EndAsync(Process process, TimeSpan limit)
    {
        try
        {
            string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(limit);
            await process.WaitForExitAsync().WaitAsync(limit);
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
