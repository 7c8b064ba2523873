using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>Votes on the roll of a live cluster that do not count, or do not count any more.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class ApprovalTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [LabFact]
    public async Task Approve_WithoutTheRoleOrTwiceOrForAPlanThatHasChanged_TouchesNothing()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = StartWorker(new()
        {
            ["ORCHESTRATOR__TIERS__T2__APPROVALS__team-lead"] = "2",
            ["ORCHESTRATOR__ROLES__team-lead__0"] = "bob",
            ["ORCHESTRATOR__ROLES__team-lead__1"] = "carol",
        });
        string run = await bench.StartAsync("Brokers");
        ChangeStatus asked = await bench.WaitForAsync(run, ChangeState.AwaitingApproval, Limit);

        ProgramRun stranger = await bench.Sop.ApproveAsync(run, "--as", "dave", "--comment", "why not");
        ProgramRun first = await bench.Sop.ApproveAsync(run, "--as", "bob", "--comment", "quiet hour");
        ProgramRun twice = await bench.Sop.RunAsync("reject", run, "--as", "bob", "--comment", "not so quiet");
        await ChangeTheResourceAsync();
        ProgramRun second = await bench.Sop.ApproveAsync(run, "--as", "carol", "--comment", "quiet hour");
        ChangeStatus again = await bench.WaitForAsync(
            run, status => status.State == ChangeState.AwaitingApproval && status.PlanHash != asked.PlanHash, "another vote", Limit);
        ProgramRun old = await bench.Sop.RunAsync("approve", run, "--as", "bob", "--comment", "quiet hour", "--plan", asked.PlanHash!);
        await bench.Sop.RunAsync("withdraw", run, "--as", "alice");

        Assert.Equal(3, stranger.ExitCode);
        Assert.Contains($"{VoteRefusals.VoterLacksRole}: dave has none of the roles that are still open: 2 × team-lead", stranger.Errors,
            StringComparison.Ordinal);
        Assert.True(first.ExitCode == 0, $"{first.Errors}\n{worker.Log}");
        Assert.Equal(3, twice.ExitCode);
        Assert.Contains($"{VoteRefusals.VoterAlreadyVoted}: bob has already voted", twice.Errors, StringComparison.Ordinal);
        Assert.True(second.ExitCode == 0, second.Errors);
        Refusal changed =
            Assert.Single(again.Refusals, refusal => refusal.Sentence.Contains("metadata.generation", StringComparison.Ordinal));
        Assert.Equal(ReasonCodes.PlanChanged, changed.Code);
        Assert.EndsWith("/approval/2", again.ApprovalWorkflowId, StringComparison.Ordinal);
        Assert.Equal(3, old.ExitCode);
        Assert.Contains(VoteRefusals.PlanHashMismatch, old.Errors, StringComparison.Ordinal);
        Assert.Empty(Cluster.Pods.Deletions);
    }

    [LabFact]
    public async Task Approve_AfterItsTime_IsRefusedAndTouchesNothing()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = StartWorker(new() { ["ORCHESTRATOR__TIERS__T2__DECIDEWITHIN"] = "00:00:05" });
        string run = await bench.StartAsync("Brokers");

        ChangeStatus expired = await bench.WaitForAsync(run, ChangeState.Expired, Limit);
        ProgramRun late = await bench.Sop.ApproveAsync(run, "--as", "bob", "--comment", "quiet hour");

        Assert.Equal(3, late.ExitCode);
        Assert.Contains($"{VoteRefusals.NotWaiting}: ", late.Errors, StringComparison.Ordinal);
        Assert.Contains("it is Expired: Nobody decided by", late.Errors, StringComparison.Ordinal);
        Assert.Equal(ApprovalDecision.Expired, expired.Approval!.Decision);
        Assert.Empty(Cluster.Pods.Deletions);
    }

    // A field that decides nothing about the pods; what was approved is another generation all the same.
    private async Task ChangeTheResourceAsync()
    {
        JsonObject kafka =
            await Cluster.Kubernetes.GetAsync(ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, CancellationToken.None);
        bool isGlobal = (bool?)kafka["spec"]!["license"]?["globalLicense"] ?? false;
        JsonObject patch = new() { ["spec"] = new JsonObject { ["license"] = new JsonObject { ["globalLicense"] = !isGlobal } } };
        await Cluster.Kubernetes.MergePatchAsync(
            ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, patch, null, CancellationToken.None);
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, CancellationToken.None);
    }

    private ProgramProcess StartWorker(Dictionary<string, string> policy) =>
        ProgramProcess.StartWorker(new Dictionary<string, string>(Cluster.EnvironmentVariables.Concat(policy)));
}
