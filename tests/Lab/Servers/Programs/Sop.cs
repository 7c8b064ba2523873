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

    /// <summary>Starts a command, to be watched and interrupted.</summary>
    public ProgramProcess Start(params string[] arguments) => ProgramProcess.Start("sop", environment, arguments);
}
