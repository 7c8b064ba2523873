using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.ConfluentOperator.Rolling;

namespace Orchestrator.Sandbox.Tests.ConfluentOperator;

public sealed class RollOrderTests
{
    private const string Old = "kafka-old";
    private const string New = "kafka-new";

    [Fact]
    public void Roll_OfThreeOutdatedPods_ReplacesTheHighestOrdinalFirst()
    {
        List<string> replaced = [];
        RolledPod[] pods = [Pod(0, Old), Pod(1, Old), Pod(2, Old)];
        while (Next(pods).Replace is [RolledPod pod])
        {
            replaced.Add(pod.Name);
            pods[pod.Ordinal] = Pod(pod.Ordinal, New);
        }

        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], replaced);
        Assert.Same(RollStep.Done, Next(pods));
    }

    [Fact]
    public void Roll_WhileAPodIsNotThereOrNotReady_WaitsAndSaysWhy()
    {
        Assert.Equal("2 of 3 pods exist", Next([Pod(0, Old), Pod(1, Old)]).WaitsFor);
        Assert.Equal("pod kafka-2 is not ready", Next([Pod(0, Old), Pod(1, Old), Pod(2, New) with { IsReady = false }]).WaitsFor);
        Assert.Equal("pod kafka-2 is terminating", Next([Pod(0, Old), Pod(1, Old), Pod(2, Old) with { IsTerminating = true }]).WaitsFor);
        Assert.Equal(
            "pod kafka-0 is in CrashLoopBackOff",
            Next([Pod(0, Old) with { IsReady = false, WaitingReason = "CrashLoopBackOff" }, Pod(1, Old), Pod(2, Old)]).WaitsFor);
    }

    [Fact]
    public void Roll_InMaintenanceMode_Waits()
    {
        Component kafka = Components.Kafka();
        kafka.Resource["metadata"]!["annotations"] =
            new System.Text.Json.Nodes.JsonObject { [ConfluentAnnotations.MaintenanceMode] = "kafka-1" };

        Assert.Equal("the resource is in maintenance mode", RollOrder.Next(kafka, New, [Pod(0, Old)], OperatorFaults.None).WaitsFor);
    }

    [Fact]
    public void Roll_WithFaultsSwitchedOn_TakesTwoPodsAtOnceOrHangs()
    {
        RolledPod[] pods = [Pod(0, Old), Pod(1, Old), Pod(2, Old)];

        Assert.Equal(["kafka-2", "kafka-1"], Next(pods, new() { PodsAtOnce = 2 }).Replace.Select(pod => pod.Name));
        Assert.Equal("the operator was told to hang before pod kafka-2", Next(pods, new() { HangsBeforeOrdinal = 2 }).WaitsFor);
        Assert.Equal(["kafka-2"], Next(pods, new() { HangsBeforeOrdinal = 1 }).Replace.Select(pod => pod.Name));
    }

    private static RollStep Next(RolledPod[] pods, OperatorFaults? faults = null) =>
        RollOrder.Next(Components.Kafka(), New, pods, faults ?? OperatorFaults.None);

    private static RolledPod Pod(int ordinal, string revision) =>
        new($"kafka-{ordinal}", ordinal, $"uid-{ordinal}", revision, IsReady: true, IsTerminating: false, WaitingReason: null);
}
