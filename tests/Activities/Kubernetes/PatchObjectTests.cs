using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Kubernetes;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Tests.Kubernetes;

[Collection(KubeLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class PatchObjectTests(KubeLab lab) : BoundedTest
{
    private const string Roll = "/spec/podTemplate/annotations/kafkacluster-manual-roll";
    private const string Block = "/metadata/annotations/platform.confluent.io~1block-reconcile";

    private static readonly ResourceType Kafkas = new("platform.confluent.io", "v1beta1", "kafkas", true);

    // What stands before a write has tests of its own.
    private ObjectPatcher Patcher => lab.Services.GetRequiredService<ObjectPatcher>();

    [LabFact]
    public async Task Patch_AFieldUnderMapsThatAreNotThere_MakesThemAndRaisesTheGeneration()
    {
        ObjectReference kafka = await CreateAsync();

        PatchObjectResult result = await PatchAsync(kafka, new PointerChange(Roll, null, "r1"), new PointerChange(Block, null, "true"));

        Assert.Equal(new(true, 2), result);
        Assert.Equal(("r1", "true"), await ReadAsync(kafka));
    }

    [LabFact]
    public async Task Patch_WhatIsSoAlready_WritesNothing()
    {
        ObjectReference kafka = await CreateAsync();
        await PatchAsync(kafka, new PointerChange(Roll, null, "r1"));
        string before = (await GetAsync(kafka)).ResourceVersion();

        PatchObjectResult result = await PatchAsync(kafka, new PointerChange(Roll, null, "r1"));

        Assert.Equal((new(false, 2), before), (result, (await GetAsync(kafka)).ResourceVersion()));
    }

    [LabFact]
    public async Task Patch_TheOldValueAsPlanned_ReplacesOneAndRemovesTheOther()
    {
        ObjectReference kafka = await CreateAsync();
        await PatchAsync(kafka, new PointerChange(Roll, null, "r1"), new PointerChange(Block, null, "true"));

        await PatchAsync(kafka, new PointerChange(Roll, "r1", "r2"), new PointerChange(Block, "true", null));

        Assert.Equal(("r2", null), await ReadAsync(kafka));
    }

    [LabFact]
    public async Task Patch_AValueThatNobodyPlanned_FailsForGoodWithAllThreeAndTouchesNothing()
    {
        ObjectReference kafka = await CreateAsync();
        await PatchAsync(kafka, new PointerChange(Roll, null, "somebody"));

        ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => PatchAsync(kafka, new PointerChange(Block, null, "true"), new PointerChange(Roll, null, "r2")));

        Assert.Equal((ReasonCodes.PlanChanged, true), (failure.ErrorType, failure.NonRetryable));
        Assert.Equal($"{kafka} {Roll} is 'somebody'; the plan changes it from absent to 'r2'.", failure.Message);
        Assert.Equal(("somebody", null), await ReadAsync(kafka));
    }

    [LabFact]
    public async Task Patch_AnotherObjectOfThatName_FailsForGood()
    {
        ObjectReference kafka = await CreateAsync();

        ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => PatchAsync(kafka with { Uid = "gone" }, new PointerChange(Roll, null, "r1")));

        Assert.Equal(
            (ReasonCodes.PlanChanged, null, null),
            (failure.ErrorType, (await ReadAsync(kafka)).Roll, (await ReadAsync(kafka)).Block));
    }

    [LabFact]
    public async Task Patch_WhileAnotherWritesTheStatus_GetsThrough()
    {
        ObjectReference kafka = await CreateAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Limit);
        Task<int> writer = WriteStatusAsync(kafka, stop.Token);

        for (int i = 0; i < 20; i++)
        {
            // A field that is absent cannot be tested for, so the whole object must be the one that was read.
            await PatchAsync(kafka, new PointerChange($"/metadata/annotations/a{i}", null, "x"));
        }

        await stop.CancelAsync();
        int written = await writer;
        JsonObject now = await GetAsync(kafka);
        Assert.Equal(20, Enumerable.Range(0, 20).Count(i => now.Annotation($"a{i}") == "x"));
        Assert.True(written > 20, $"The other wrote {written} times only.");
    }

    [LabFact]
    public async Task Patch_AValueThatTheServerDoesNotTake_FailsForGood()
    {
        ObjectReference kafka = await CreateAsync();

        ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => PatchAsync(kafka, new PointerChange("/metadata/labels/a", null, "not a label!")));

        Assert.Equal((FailureTypes.KubernetesRefused, true), (failure.ErrorType, failure.NonRetryable));
        Assert.Contains("not a label!", failure.Message, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Patch_AnObjectThatIsNotThere_FailsForGood()
    {
        ObjectReference kafka = await CreateAsync();

        ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => PatchAsync(kafka with { Name = "other" }, new PointerChange(Roll, null, "r1")));

        Assert.Equal((ReasonCodes.TargetNotFound, true), (failure.ErrorType, failure.NonRetryable));
    }

    [LabFact]
    public async Task Patch_WithoutTheRight_WaitsForSomebodyToGiveIt()
    {
        ObjectReference kafka = await CreateAsync();

        ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => PatchAsync(new("lab-viewer"), kafka, new PointerChange(Roll, null, "r1")));

        Assert.Equal(
            (ReasonCodes.RbacMissing, false, TimeSpan.FromSeconds(30)),
            (failure.ErrorType, failure.NonRetryable, failure.NextRetryDelay));
        Assert.Contains("cannot get resource \"kafkas\" in API group \"platform.confluent.io\"", failure.Message, StringComparison.Ordinal);
    }

    private async Task<ObjectReference> CreateAsync()
    {
        string space = await lab.NewNamespaceAsync(Limit);
        JsonObject kafka = await lab.Admin.CreateAsync(Kafkas, space, Objects.Kafka("kafka", 3), Limit);
        return new(Kafkas.Group, Kafkas.Version, Kafkas.Plural, space, "kafka", kafka.Uid());
    }

    private Task<PatchObjectResult> PatchAsync(ObjectReference kafka, params PointerChange[] changes) =>
        PatchAsync(KubeLab.Target(kafka.Namespace!), kafka, changes);

    private Task<PatchObjectResult> PatchAsync(ChangeTarget target, ObjectReference kafka, params PointerChange[] changes) =>
        Failures.TranslateAsync(
            () => Patcher.PatchAsync(
                lab.Services.GetRequiredService<KubernetesClients>().Of(target).Client, new(target, kafka, changes), Limit));

    private Task<JsonObject> GetAsync(ObjectReference kafka) => lab.Admin.GetAsync(Kafkas, kafka.Namespace, kafka.Name, Limit);

    private async Task<(string? Roll, string? Block)> ReadAsync(ObjectReference kafka)
    {
        JsonObject now = await GetAsync(kafka);
        return (
            (string?)now["spec"]!["podTemplate"]?["annotations"]?["kafkacluster-manual-roll"],
            now.Annotation("platform.confluent.io/block-reconcile"));
    }

    private async Task<int> WriteStatusAsync(ObjectReference kafka, CancellationToken cancellationToken)
    {
        int written = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            JsonObject status = new() { ["status"] = new JsonObject { ["phase"] = $"{++written}" } };
            await lab.Admin.MergePatchAsync(Kafkas, kafka.Namespace, kafka.Name, status, "status", Limit);
            await Task.Delay(5, Limit);
        }

        return written;
    }
}
