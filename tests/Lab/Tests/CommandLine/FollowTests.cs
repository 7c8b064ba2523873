using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Lab.Tests.CommandLine;

/// <summary>What a person sees who starts a procedure and stays, leaves, or asks twice.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class FollowTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RollLimit = TimeSpan.FromMinutes(8);

    [LabFact]
    [Trait("Category", "Proof")]
    public async Task Start_Followed_TellsPlanApproversPodsAndEnd_AndAskedAgainDoesNothing()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Sop sop = new(Cluster.EnvironmentVariables);
        string[] command = [.. StartedRoll.Command, "--request-id", $"follow-{Guid.NewGuid():N}"];
        await using ProgramProcess start = sop.Start(command);
        await start.SaysAsync("must approve it by", Limit);
        ProgramRun approve = await sop.ApproveAsync(StartedRoll.ChangeIdIn(start.Log), "--as", "bob", "--comment", "quiet hour");
        ProgramRun followed = await start.EndAsync(RollLimit);
        Cluster.Pods.Reset();
        ProgramRun again = await sop.RunAsync(command);

        Assert.True(
            followed.ExitCode == 0,
            $"{followed.ExitCode}: {followed.Output}{followed.Errors}\n{approve.Output}{approve.Errors}\n{worker.Log}");
        AssertInOrder(
            followed.Output,
            "Plan of roll-kafka-cluster on lab/confluent", "AwaitingApproval", "1 × peer other than alice must approve it by",
            "  sop approve CHG-",
            "unverified:bob (peer) approves: quiet hour", "trigger-brokers-roll Done", "kafka-2 restarted", "kafka-1 restarted",
            "kafka-0 restarted",
            "supervise-brokers-roll Done", "Succeeded         Done and checked.");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("was requested before with the same request id and has already ended", again.Output, StringComparison.Ordinal);
        Assert.Contains("Succeeded         Done and checked.", again.Output, StringComparison.Ordinal);
        Assert.Empty(Cluster.Pods.Deletions);
    }

    [LabFact]
    public async Task Start_Interrupted_EndsWith130WhileTheChangeGoesOn_AndAWatchEndsAsItDoes()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Sop sop = new(Cluster.EnvironmentVariables);
        await using ProgramProcess start = sop.Start([.. StartedRoll.Command, "--request-id", $"interrupted-{Guid.NewGuid():N}"]);
        await start.SaysAsync("must approve it by", Limit);
        string change = StartedRoll.ChangeIdIn(start.Log);
        await start.SignalAsync("INT");
        ProgramRun interrupted = await start.EndAsync(Limit);
        ProgramRun status = await sop.RunAsync("status", change, "--output", "json");
        await using ProgramProcess watch = sop.Start("status", change, "--watch", "--output", "json");
        await watch.SaysAsync("AwaitingApproval", Limit);
        ProgramRun reject = await sop.RunAsync("reject", change, "--as", "bob", "--comment", "not today");
        ProgramRun watched = await watch.EndAsync(Limit);

        Assert.True(interrupted.ExitCode == 130, $"{interrupted.ExitCode}: {interrupted.Output}{interrupted.Errors}\n{worker.Log}");
        Assert.Contains(
            $"{change} continues without this command. Watch it with: sop status {change} --watch",
            interrupted.Errors,
            StringComparison.Ordinal);
        Assert.Equal("AwaitingApproval", State(status.Output));
        Assert.True(reject.ExitCode == 0, reject.Errors);
        Assert.Equal(4, watched.ExitCode);
        Assert.Equal("Rejected", State(watched.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]));
        Assert.Equal(
            $$"""{"exitCode":4,"errors":["{{change}} ended as Rejected: unverified:bob rejected it: not today"]}""" + "\n",
            watched.Errors);
    }

    private static string? State(string json) => (string?)JsonNode.Parse(json)!["change"]!["state"];

    private static void AssertInOrder(string text, params string[] parts)
    {
        int from = 0;
        foreach (string part in parts)
        {
            int at = text.IndexOf(part, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{part}' does not follow what was expected before it in:\n{text}");
            from = at + part.Length;
        }
    }
}
