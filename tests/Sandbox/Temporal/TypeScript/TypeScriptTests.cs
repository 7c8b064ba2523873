using System.Diagnostics;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Temporal;

namespace Orchestrator.Sandbox.Tests.Temporal.TypeScript;

/// <summary>
/// The official TypeScript SDK sees the same of the server in the box and of a real one: client and worker, messages, activities, children,
/// continue-as-new, visibility, schedules. The program is <c>tests/Lab/TypeScript</c>.
/// </summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
public sealed class TypeScriptTests
{
    private static readonly string Folder = Path.Combine(LabTools.RepositoryRoot, "tests", "Lab", "TypeScript");

    [NodeFact]
    public async Task Sdk_OnBothServers_SeesTheSame()
    {
        await RunAsync("npm", "ci", "--no-audit", "--no-fund");
        await RunAsync("npm", "run", "build");
        await using LabServers lab = await LabServers.StartAsync("temporal");
        await using TemporalBox box = await TemporalBox.StartAsync();

        string theirs = await RunAsync("node", "bin/probe.js", lab.TemporalAddress);
        string ours = await RunAsync("node", "bin/probe.js", box.Address);

        Assert.Contains("## schedules", theirs, StringComparison.Ordinal);
        Assert.Equal(theirs.Split('\n'), ours.Split('\n'));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
    }
}
