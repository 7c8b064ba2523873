using System.Text.RegularExpressions;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Lab.Tests.KafkaRoll.Disturbed;
using Orchestrator.Lab.Tests.Load;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Common;
using Temporalio.Worker;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>The roll of a live cluster, from the command line to the brokers.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class RollTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan RollLimit = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan ApprovalLimit = TimeSpan.FromMinutes(1);
    private static readonly string[] Controllers = ["kraftcontroller-2", "kraftcontroller-1", "kraftcontroller-0"];
    private static readonly string[] Brokers = ["kafka-2", "kafka-1", "kafka-0"];

    [LabFact]
    public async Task Roll_UnderLoad_RestartsEachPodOnceInOrderAndLosesNoRecord()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        await using AcknowledgedRecords records = AcknowledgedRecords.Start(Cluster.BootstrapServers, RollBench.Topic);
        await using MinIsrWatch minIsr = MinIsrWatch.Start(RollBench.Brokers(Cluster));
        Cluster.Pods.Reset();

        string run = await bench.StartAsync("Both");
        await bench.WaitForAsync(run, ChangeState.AwaitingApproval, ApprovalLimit);
        Assert.Empty(Cluster.Pods.Deletions);
        ProgramRun approved = await bench.Sop.ApproveAsync(run, "--as", "bob", "--comment", "quiet hour");
        Assert.True(approved.ExitCode == 0, approved.Errors);
        ProgramRun watched = await bench.Sop.RunAsync("status", run, "--watch");

        ChangeStatus status = await bench.StatusAsync(run);
        Assert.True(status.State == ChangeState.Succeeded,
            $"{status.State}: {status.Sentence}\n{watched.Output}{watched.Errors}\n{worker.Log}");
        Assert.Equal(0, watched.ExitCode);
        Assert.Equal([.. Controllers, .. Brokers], Cluster.Pods.Deletions.Select(deletion => deletion.Name));
        Assert.Equal(1, Cluster.Pods.MostUnavailable(LabCluster.Kafka));
        Assert.True(minIsr.Answers > 0);
        Assert.Equal(0, minIsr.Most);
        Assert.Equal("unverified:bob", status.Approval!.Votes.Single().Voter);
        IReadOnlySet<int> acknowledged = await records.StopAsync();
        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(records.ReadBack()));
        AssertLogTells(worker.Log, run);
        await AssertReplaysAsync(bench, run, status, "undisturbed");
    }

    // Whoever has the worker's log alone can tell who approved what, which steps were taken, and what was written.
    private static void AssertLogTells(string log, string run)
    {
        string change = run.Split('/')[^1];
        string[] Told(string pattern) =>
            [.. Regex.Matches(log, pattern.Replace("CHANGE", change, StringComparison.Ordinal)).Select(match => match.Groups[1].Value)];

        Assert.Equal(["by unverified:bob Approve"], Told("CHANGE vote[.]cast step=- (by .+) plan "));
        Assert.Equal(
            [
                "check-before-controllers", "trigger-controllers-roll", "supervise-controllers-roll", "cool-down-after-controllers",
                "check-before-brokers", "trigger-brokers-roll", "supervise-brokers-roll", "elect-preferred-leaders",
                "cool-down-after-brokers", "try-canary",
            ],
            Told("CHANGE step[.]done step=([^ ]+) "));
        Assert.Equal(
            [
                "Update kraftcontrollers.platform.confluent.io confluent/kraftcontroller",
                "Update kafkas.platform.confluent.io confluent/kafka",
                "Run leaders confluent/kafka", "Run canary topic confluent/kafka",
            ],
            Told("CHANGE (?:PatchObject|ElectPreferredLeaders|RunKafkaCanary) (.+) attempt=1 done in "));
        Assert.Equal(4, Told("ClusterGuard.*CHANGE (lock[.]granted) ").Length);
        Assert.Equal(4, Told("ClusterGuard.*CHANGE (lock[.]released) ").Length);
    }

    [LabFact]
    public async Task Roll_WorkerKilledOnceInEachPhase_HasTheEffectsOfAnUndisturbedRun()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using MortalWorker worker = new(Cluster.EnvironmentVariables);
        await using AcknowledgedRecords records = AcknowledgedRecords.Start(Cluster.BootstrapServers, RollBench.Topic);
        Cluster.Pods.Reset();

        string run = await bench.StartAsync("Brokers", "cooldown=10s");
        await bench.WaitForAsync(run, status => status.PlanHash is not null, "the plan", ApprovalLimit);
        await worker.KillAndReplaceAsync();
        await bench.ApproveAsync(run, ApprovalLimit);
        await RollBench.WaitUntilAsync(() => Cluster.Pods.Deletions.Count > 0, "the first restart", RollLimit);
        await worker.KillAndReplaceAsync();
        await bench.WaitForAsync(run, status => status.Steps.Any(step => step.Name == "cool-down-after-brokers"), "the cool-down",
            RollLimit);
        await worker.KillAndReplaceAsync();
        await bench.WaitForAsync(run, ChangeState.Validating, RollLimit);
        await worker.KillAndReplaceAsync();
        ChangeStatus status = await bench.WaitForAsync(
            run, status => status.Evidence is not null || status.State is ChangeState.Blocked, "the end", RollLimit);

        Assert.True(status.State == ChangeState.Succeeded, $"{status.State}: {status.Sentence}\n{worker.Log}");
        Assert.Equal(Brokers, Cluster.Pods.Deletions.Select(deletion => deletion.Name));
        IReadOnlySet<int> acknowledged = await records.StopAsync();
        Assert.Empty(acknowledged.Except(records.ReadBack()));
        await AssertReplaysAsync(bench, run, status, "worker-killed");
    }

    [LabFact]
    public async Task Approve_ByTheRequesterOrForAnotherPlanOrAfterANo_IsRefusedWithTheReason()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        string run = await bench.StartAsync("Brokers");
        await bench.WaitForAsync(run, ChangeState.AwaitingApproval, ApprovalLimit);

        ProgramRun own = await bench.Sop.ApproveAsync(run, "--as", "alice", "--comment", "mine");
        ProgramRun other = await bench.Sop.RunAsync("approve", run, "--as", "bob", "--comment", "go", "--plan", new string('0', 64));
        ProgramRun no = await bench.Sop.RunAsync("reject", run, "--as", "carol", "--comment", "month-end closing runs");
        await bench.WaitForAsync(run, ChangeState.Rejected, ApprovalLimit);
        ProgramRun late = await bench.Sop.ApproveAsync(run, "--as", "bob", "--comment", "go");

        Assert.Equal(3, own.ExitCode);
        Assert.Contains(VoteRefusals.VoterIsRequester, own.Errors, StringComparison.Ordinal);
        Assert.Equal(3, other.ExitCode);
        Assert.Contains(VoteRefusals.PlanHashMismatch, other.Errors, StringComparison.Ordinal);
        Assert.Equal(0, no.ExitCode);
        Assert.Equal(3, late.ExitCode);
        Assert.Contains(VoteRefusals.NotWaiting, late.Errors, StringComparison.Ordinal);
        Assert.Contains("month-end closing runs", late.Errors, StringComparison.Ordinal);
        Assert.Empty(Cluster.Pods.Deletions);
        await AssertReplaysAsync(bench, run, await bench.StatusAsync(run), "rejected");
    }

    private static async Task AssertReplaysAsync(RollBench bench, string run, ChangeStatus status, string scenario)
    {
        WorkflowReplayer replayer = new(new WorkflowReplayerOptions()
            .AddWorkflow<RollKafkaClusterWorkflow>().AddWorkflow<SuperviseCrRollWorkflow>().AddWorkflow<ApproveChangeWorkflow>());
        List<ChildRun> runs = [new(run, RollKafkaClusterWorkflow.Type), .. status.Children];
        if (status.ApprovalWorkflowId is { } approval)
        {
            runs.Add(new(approval, ChangeNames.ApproveChange));
        }

        foreach (ChildRun each in runs)
        {
            WorkflowHistory history = await bench.Client.GetWorkflowHandle(each.WorkflowId).FetchHistoryAsync();
            string part = each.WorkflowType == RollNames.SuperviseCrRoll
                ? $"-{each.WorkflowId[(each.WorkflowId.LastIndexOf('/') + 1)..]}"
                : "";
            await Recording.KeepAsync(history, each.WorkflowType, scenario + part);
            await replayer.ReplayWorkflowAsync(history);
        }
    }
}
