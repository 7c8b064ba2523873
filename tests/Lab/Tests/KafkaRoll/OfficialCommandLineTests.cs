using System.Text.Json;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>A roll that is started and approved with Temporal's own command line, by somebody who has not heard of <c>sop</c>.</summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
[Collection(LabClusterCollection.Name)]
public sealed class OfficialCommandLineTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly string[] Update = ["update", "execute"];
    private static readonly string[] Signal = ["signal"];

    private static readonly string[] Watches =
        ["WatchRoll: restart of kafka-2", "WatchRoll: restart of kafka-1", "WatchRoll: restart of kafka-0", "WatchRoll: steady"];

    private static readonly string[] Procedure =
    [
        "ResolveTarget: resolve", "ReadConfluentCluster: look", "ApproveChange", "AcquireLocks: lock",
        "ReadConfluentCluster: look again", "PatchObject: trigger-brokers-roll", "SuperviseCrRoll",
        "ElectPreferredLeaders: elect-preferred-leaders", "timer: cool-down-after-brokers", "ReadConfluentCluster: validate",
        "RunKafkaCanary: validate", "ReleaseLocks: release", "WriteEvidence: evidence",
    ];

    [LabTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Roll_StartedAndApprovedByTemporal_ReadsAsTheProcedure(bool byUpdate)
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Cluster.Pods.Reset();
        string run = $"roll-kafka-cluster/lab/confluent/by-hand-{Guid.NewGuid():N}";
        var input = new
        {
            Target = new { Context = "lab", Namespace = "confluent" },
            Change = new { Mode = "Execute", Reason = "monthly restart", Actor = "unverified:alice" },
            Name = "kafka",
            Cooldown = "PT1S",
            Limits = new { PollEvery = "PT1S", SteadyEvery = "PT2S" },
        };

        await TemporalAsync("start", "--type", "RollKafkaCluster", "--task-queue", "orchestrator", "--workflow-id", run, "--input",
            JsonSerializer.Serialize(input));
        ChangeStatus asked = await bench.WaitForAsync(run, ChangeState.AwaitingApproval, Limit);
        string vote =
            JsonSerializer.Serialize(new { asked.PlanHash, Decision = "Approve", Actor = "unverified:bob", Comment = "quiet hour" });
        await TemporalAsync([.. byUpdate ? Update : Signal, "--workflow-id", asked.ApprovalWorkflowId!, "--name", "vote", "--input", vote]);
        ChangeStatus status =
            await bench.WaitForAsync(run, each => each.Evidence is not null || each.State == ChangeState.Blocked, "the end", Limit);

        Assert.True(status.State == ChangeState.Succeeded, $"{status.State}: {status.Sentence}\n{worker.Log}");
        Assert.Equal("unverified:bob", status.Approval!.Votes.Single().Voter);
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], Cluster.Pods.Deletions.Select(deletion => deletion.Name));
        Assert.Equal(Procedure, await EventsAsync(bench, run));

        // A watch that is slower than the operator sees more than one pod through.
        IReadOnlyList<string> watches = await EventsAsync(bench, $"{run}/supervise/brokers");
        Assert.Equal(Watches[0], watches[0]);
        Assert.Equal(Watches.Where(watches.Contains), watches);
    }

    // What the Web UI shows of a history: each activity and timer with its line, each child. One after the other, so a wait shows once.
    private static async Task<IReadOnlyList<string>> EventsAsync(RollBench bench, string workflowId)
    {
        List<string> names = [];
        foreach (HistoryEvent each in (await bench.Client.GetWorkflowHandle(workflowId).FetchHistoryAsync()).Events)
        {
            string? name = each.EventType switch
            {
                EventType.ActivityTaskScheduled =>
                    $"{each.ActivityTaskScheduledEventAttributes.ActivityType.Name}: {await LineAsync(each)}",
                EventType.TimerStarted when each.UserMetadata?.Summary is not null => $"timer: {await LineAsync(each)}",
                EventType.StartChildWorkflowExecutionInitiated =>
                    each.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowType.Name,
                _ => null,
            };
            if (name is not null)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static async Task<string> LineAsync(HistoryEvent each) =>
        each.UserMetadata?.Summary is { } summary ? await DataConverter.Default.ToValueAsync<string>(summary) : "";

    private async Task TemporalAsync(params string[] arguments)
    {
        string program = Path.Combine(Cluster.Servers.EnvironmentVariables["PATH"].Split(':')[0], "temporal");
        await using ProgramProcess process = ProgramProcess.Start(
            program, Cluster.EnvironmentVariables, ["workflow", .. arguments, "--address", Cluster.Servers.TemporalAddress]);
        ProgramRun run = await process.EndAsync(Limit);
        Assert.True(run.ExitCode == 0,
            $"temporal workflow {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Output}{run.Errors}");
    }
}
