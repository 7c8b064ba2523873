using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>A server that programs run on, with what is asserted of each alone.</summary>
internal sealed class ProgramServer(string name, ITemporalClient client)
{
    /// <summary>Runs a program; its histories obey the rules and replay.</summary>
    /// <returns>Its lines: what came of the moves, then the histories.</returns>
    public async Task<(string Name, IReadOnlyList<string> Lines)> RunAsync(RandomProgram program, string id, bool hasCache)
    {
        ProgramResult result = await ResultAsync(program, id, hasCache);
        List<string> broken = [.. result.Runs.SelectMany(run => HistoryRules.Broken(run.History))];
        Assert.True(broken.Count == 0, $"Seed {program.Seed} on {name}: {string.Join("; ", broken)}");
        WorkflowReplayer replayer = new(new WorkflowReplayerOptions().AddWorkflow<ProgramWorkflow>());
        foreach ((string workflowId, _, Temporalio.Api.History.V1.History history) in result.Runs)
        {
            WorkflowReplayResult replayed = await replayer.ReplayWorkflowAsync(
                new WorkflowHistory(workflowId, [.. history.Events]), throwOnReplayFailure: false);
            Assert.True(
                replayed.ReplayFailure is null, $"Seed {program.Seed} on {name}: {workflowId} does not replay: {replayed.ReplayFailure}");
        }

        return (name, [.. result.Results, .. result.Lines(id)]);
    }

    /// <summary>The client that answers to the name "client" in histories, on every server.</summary>
    public static async Task<ITemporalClient> ConnectAsync(string address) =>
        await TemporalClient.ConnectAsync(new(address) { Identity = "client" });

    private async Task<ProgramResult> ResultAsync(RandomProgram program, string id, bool hasCache)
    {
        await using ProgramRun run = new(client, program, id, hasCache);
        try
        {
            return await run.RunAsync();
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"On {name}: {e.Message}", e);
        }
    }
}
