using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Lab.Tests.CommandLine;

/// <summary>Changes on a live cluster, steered by the commands of <c>sop</c>.</summary>
[Collection(LabClusterCollection.Name)]
[Trait("Category", "Lab")]
public sealed class SteeringTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RollLimit = TimeSpan.FromMinutes(5);

    [LabFact]
    public async Task Change_Withdrawn_IsListedUntilThenAndTouchesNothing()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Sop sop = new(Cluster.EnvironmentVariables);
        await using ProgramProcess start = sop.Start(StartedRoll.Command);
        await start.SaysAsync("must approve it by", Limit);
        string change = StartedRoll.ChangeIdIn(start.Log);

        ProgramRun mine = await sop.RunAsync("approvals", "--as", "alice");
        ProgramRun theirs = await sop.RunAsync("approvals", "--as", "bob", "-o", "json");
        ProgramRun open = await sop.RunAsync("status");
        ProgramRun stranger = await sop.RunAsync("withdraw", change, "--as", "mallory");
        ProgramRun early = await sop.RunAsync("resume", change, "--as", "alice");
        ProgramRun withdraw = await sop.RunAsync("withdraw", change, "--as", "alice");
        ProgramRun followed = await start.EndAsync(Limit);
        ProgramRun after = await sop.RunAsync("approvals");
        ProgramRun late = await sop.RunAsync("abort", change, "--as", "alice", "--yes");

        Assert.Contains($"{change}  roll-kafka-cluster  lab/confluent  T2", mine.Output, StringComparison.Ordinal);
        Assert.Contains("requester", mine.Output, StringComparison.Ordinal);
        Assert.Single(JsonNode.Parse(theirs.Output)!.AsArray(), waiting => (string?)waiting!["change"]?["changeId"] == change);
        Assert.Contains($"{change}  roll-kafka-cluster", open.Output, StringComparison.Ordinal);
        Assert.Equal(3, stranger.ExitCode);
        Assert.StartsWith("error: ACTOR_LACKS_ROLE: mallory may not use 'withdraw'", stranger.Errors, StringComparison.Ordinal);
        Assert.Equal(3, early.ExitCode);
        Assert.Equal(
            "error: NOT_IN_THIS_STATE: 'resume' is not possible in state AwaitingApproval; possible now: withdraw, pause.\n", early.Errors);
        Assert.True(withdraw.ExitCode == 0, withdraw.Errors);
        Assert.Equal(4, followed.ExitCode);
        Assert.DoesNotContain(change, after.Output, StringComparison.Ordinal);
        Assert.Equal(3, late.ExitCode);
        Assert.StartsWith($"error: NOT_IN_THIS_STATE: {change} has ended as Withdrawn", late.Errors, StringComparison.Ordinal);
        Assert.Empty(Cluster.Pods.Deletions);
    }

    [LabFact]
    [Trait("Category", "Proof")]
    public async Task Roll_PausedAndResumed_HoldsBetweenAndLeavesItsEvidence()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Sop sop = new(Cluster.EnvironmentVariables);
        await using ProgramProcess start = sop.Start([.. StartedRoll.Command, "component=both"]);
        await start.SaysAsync("must approve it by", Limit);
        string change = StartedRoll.ChangeIdIn(start.Log);
        await sop.ApproveAsync(change, "--as", "bob");
        await start.SaysAsync("supervise-controllers-roll Running", Limit);

        ProgramRun pause = await sop.RunAsync("pause", change, "--as", "alice", "--reason", "a look at the graphs");
        await start.SaysAsync("Paused  ", Limit);
        ProgramRun locked = await sop.RunAsync("locks");
        ProgramRun noEvidence = await sop.RunAsync("evidence", change);
        ProgramRun resume = await sop.RunAsync("resume", change, "--as", "alice");
        ProgramRun followed = await start.EndAsync(RollLimit);
        ProgramRun evidence = await sop.RunAsync("evidence", change, "-o", "json");
        ProgramRun free = await sop.RunAsync("locks", "-o", "json");

        Assert.Contains(change, locked.Output, StringComparison.Ordinal);
        Assert.True(pause.ExitCode == 0, pause.Errors);
        Assert.Equal(3, noEvidence.ExitCode);
        Assert.True(resume.ExitCode == 0, resume.Errors);
        Assert.True(followed.ExitCode == 0, $"{followed.Output}{followed.Errors}\n{worker.Log}");
        Assert.Equal(
            ["kraftcontroller-2", "kraftcontroller-1", "kraftcontroller-0", "kafka-2", "kafka-1", "kafka-0"],
            Cluster.Pods.Deletions.Select(deletion => deletion.Name));
        Assert.True(File.Exists(Path.Combine((string)JsonNode.Parse(evidence.Output)!["location"]!, "manifest.json")), evidence.Output);
        Assert.All(JsonNode.Parse(free.Output)!.AsArray(), guard => Assert.Empty(guard!["holders"]!.AsArray()));
    }

    [LabFact]
    [Trait("Category", "Proof")]
    public async Task Roll_PausedAndAbortedAfterTheFirstPod_StillShowsWhichPodWasRestarted()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Sop sop = new(Cluster.EnvironmentVariables);
        await using ProgramProcess start = sop.Start(StartedRoll.Command);
        await start.SaysAsync("must approve it by", Limit);
        string change = StartedRoll.ChangeIdIn(start.Log);
        await sop.ApproveAsync(change, "--as", "bob");
        await start.SaysAsync("kafka-2 restarted", Limit);

        ProgramRun pause = await sop.RunAsync("pause", change, "--as", "alice");
        await start.SaysAsync("Paused  ", Limit);
        ProgramRun paused = await sop.RunAsync("status", change, "-o", "json");
        ProgramRun abort = await sop.RunAsync("abort", change, "--as", "alice", "--yes");
        ProgramRun followed = await start.EndAsync(RollLimit);
        ProgramRun ended = await sop.RunAsync("status", change, "-o", "json");

        Assert.True(pause.ExitCode == 0 && abort.ExitCode == 0, $"{pause.Errors}{abort.Errors}");
        Assert.True(followed.ExitCode == 1, $"{followed.Output}{followed.Errors}\n{worker.Log}");
        Assert.All([paused, ended], run => Assert.NotNull(Pod(run, "kafka-2")!["replacedAt"]));
        Assert.Null(Pod(ended, "kafka-0")!["replacedAt"]);
    }

    private static JsonNode? Pod(ProgramRun status, string name) =>
        JsonNode.Parse(status.Output)!["rolls"]!.AsArray().Single()!["pods"]!.AsArray().Single(pod => (string?)pod!["name"] == name);

    [LabFact]
    public async Task Start_Detached_WithAnInvalidReason_SaysSoAndEndsWith2_AndTheSameKeyWithOtherInputIsAConflict()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Sop sop = new(Cluster.EnvironmentVariables);
        string key = $"detached-{Guid.NewGuid():N}";
        string[] command = ["start", "roll-kafka-cluster", "--target", "lab/confluent", "--detach"];

        ProgramRun shortReason = await sop.RunAsync([.. command, "--reason", "x", "--as", "alice"]);
        ProgramRun twoNames = await sop.RunAsync([.. command, "--reason", "monthly restart", "--as", "alice smith"]);
        ProgramRun good = await sop.RunAsync([.. command, "--reason", "monthly restart", "--as", "alice", "--request-id", key]);
        ProgramRun again = await sop.RunAsync([.. command, "--reason", "monthly restart", "--as", "alice", "--request-id", key]);
        ProgramRun other = await sop.RunAsync(
            [.. command, "--reason", "monthly restart", "--as", "alice", "--request-id", key, "cooldown=2m"]);
        await sop.RunAsync("withdraw", good.Output.Trim(), "--as", "alice");

        Assert.Equal(2, shortReason.ExitCode);
        Assert.Contains("ended as Refused", shortReason.Errors, StringComparison.Ordinal);
        Assert.Equal(2, twoNames.ExitCode);
        Assert.Matches("^CHG-[0-9]{8}(-[0-9A-Z]{4}){4}\n$", good.Output);
        Assert.True(good.ExitCode == 0, good.Errors);
        Assert.Equal((0, good.Output), (again.ExitCode, again.Output));
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("was requested before with the same --request-id but other input", other.Errors, StringComparison.Ordinal);
        Assert.Contains("error: cooldown was \"PT30S\" and is now \"PT2M\".", other.Errors, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Vote_TakenBackAndCastAgain_CountsOnlyWhenItDoes()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(new Dictionary<string, string>(Cluster.EnvironmentVariables)
        {
            ["ORCHESTRATOR__TIERS__T2__APPROVALS__team-lead"] = "2",
            ["ORCHESTRATOR__ROLES__team-lead__0"] = "bob",
            ["ORCHESTRATOR__ROLES__team-lead__1"] = "carol",
        });
        Sop sop = new(Cluster.EnvironmentVariables);
        await using ProgramProcess start = sop.Start(StartedRoll.Command);
        await start.SaysAsync("must approve it by", Limit);
        string change = StartedRoll.ChangeIdIn(start.Log);

        ProgramRun unread = await sop.RunAsync("approve", change, "--as", "bob");
        ProgramRun shown = await sop.RunAsync("plan", "show", change);
        ProgramRun first = await sop.ApproveAsync(change, "--as", "bob");
        ProgramRun twice = await sop.ApproveAsync(change, "--as", "bob");
        ProgramRun revoke = await sop.RunAsync("revoke", change, "--as", "bob");
        JsonNode? revoked = JsonNode.Parse((await sop.RunAsync("status", change, "-o", "json")).Output)!["approval"]!["votes"];
        ProgramRun second = await sop.ApproveAsync(change, "--as", "bob");
        JsonNode? counted = JsonNode.Parse((await sop.RunAsync("status", change, "-o", "json")).Output)!["approval"]!["votes"];
        ProgramRun withdraw = await sop.RunAsync("withdraw", change, "--as", "alice");

        Assert.Equal(2, unread.ExitCode);
        Assert.StartsWith("error: --plan is missing", unread.Errors, StringComparison.Ordinal);
        Assert.Contains("Hash ", shown.Output, StringComparison.Ordinal);
        Assert.True(first.ExitCode == 0, first.Errors);
        Assert.Equal(3, twice.ExitCode);
        Assert.StartsWith(
            "error: VOTER_ALREADY_VOTED: bob has already voted: Approve as team-lead", twice.Errors, StringComparison.Ordinal);
        Assert.True(revoke.ExitCode == 0, revoke.Errors);
        Assert.Empty(revoked!.AsArray());
        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Single(counted!.AsArray());
        Assert.Equal("Withdrawn by alice; nothing was changed.\n", withdraw.Output);
    }

    [LabFact]
    public async Task WhoAmI_InTheLaptopProfile_TellsWhatEachMayDo()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);

        ProgramRun run = await new Sop(Cluster.EnvironmentVariables).RunAsync("whoami", "--as", "bob");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("bob", run.Output, StringComparison.Ordinal);
        Assert.Matches("roll-kafka-cluster +T2 +yes +peer +pause, resume, abort, withdraw, retry-step", run.Output);
    }
}
