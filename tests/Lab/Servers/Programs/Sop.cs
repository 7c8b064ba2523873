using System.Text.Json.Nodes;

namespace Orchestrator.Lab.Servers.Programs;

/// <summary>Runs the real <c>sop</c> as a person does.</summary>
public sealed class Sop(IReadOnlyDictionary<string, string> environment)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a command to its end.</summary>
    public async Task<ProgramRun> RunAsync(params string[] arguments)
    {
        await using ProgramProcess process = Start(arguments);
        return await process.EndAsync(Limit);
    }

    /// <summary>Approves a change's plan as a script does: it reads which plan that is, and names it.</summary>
    public async Task<ProgramRun> ApproveAsync(string change, params string[] arguments)
    {
        ProgramRun shown = await RunAsync("plan", "show", change, "--output", "json");
        string hash = shown.ExitCode == 0 ? (string)JsonNode.Parse(shown.Output)!["planHash"]! : new string('0', 64);
        return await RunAsync(["approve", change, "--plan", hash, .. arguments]);
    }

    /// <summary>Starts a command, to be watched and interrupted.</summary>
    public ProgramProcess Start(params string[] arguments) => ProgramProcess.Start("sop", environment, arguments);
}
