using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Tests.Changes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Orchestrator.Workflows.Tests.Confluent;
using Orchestrator.Workflows.Tests.Documentation;
using Orchestrator.Workflows.Tests.Kafka;

namespace Orchestrator.Starter.Tests.Documentation;

/// <summary>The plan on the page of the roll is what <c>sop plan</c> prints.</summary>
public sealed class PlanExampleTests
{
    [Fact]
    public void RollPage_PlanExample_IsWhatTheCommandPrints()
    {
        RollKafkaClusterInput input = new() { Target = new ChangeTarget("lab", "confluent") };
        PlanDraft draft = RollPlanner.Plan(input, input.Target, WholeConfluent.Cluster, WholeKafka.Snapshot);
        string digest = PlanHash.InputsDigest(new { input.Name, input.Component }, input.Target, ChangeClass.Feature, OnFailure.Undo);
        Plan plan = new(
            RollKafkaClusterWorkflow.Type, 1, input.Target, "cluster-uid", digest,
            draft.Items, draft.Observed, draft.Estimate, draft.Refusals)
        {
            Contingent = draft.Contingent,
            BlastRadius = draft.BlastRadius,
        };
        ChangeStatus status = Samples.Planned with
        {
            Class = ChangeClass.Feature,
            RequestedBy = "unverified:alice",
            Reason = "monthly restart",
            Plan = plan,
            PlanHash = PlanHash.Of(plan),
        };
        StringWriter printed = new();
        new Terminal(printed, TextWriter.Null, isInteractive: false, TimeProvider.System).Print(PlanSheet.Of(status, plan));

        string example = printed.ToString().TrimEnd();
        Assert.True(
            new Page("procedures/roll-kafka-cluster.md").Blocks("").Any(block => block.TrimEnd() == example),
            $"The page lacks:\n{example}");
    }
}
