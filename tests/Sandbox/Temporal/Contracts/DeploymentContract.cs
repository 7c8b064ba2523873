using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>Rolling out a new build of a worker: who goes on where.</summary>
public abstract class DeploymentContract(Func<Task<ITemporalClient>> connect) : ServerContract(connect)
{
    protected async Task NewBuildMadeCurrentTakesNewAndMovedRunsAndLeavesPinnedOnesAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await WithWorkersAsync(client, async () =>
        {
            await MakeCurrentAsync(client, "one");
            WorkflowHandle<PinnedWorkflow> pinned = await client.StartWorkflowAsync(
                (PinnedWorkflow w) => w.RunAsync(), new($"{Id}/pinned", Id));
            WorkflowHandle<MovedWorkflow> moved = await client.StartWorkflowAsync(
                (MovedWorkflow w) => w.RunAsync(), new($"{Id}/moved", Id));
            Assert.Equal("one", await BuildAsync(pinned, false));
            Assert.Equal("one", await BuildAsync(moved, false));

            await MakeCurrentAsync(client, "two");
            Assert.Equal("one", await BuildAsync(pinned, false));
            await UntilAsync(async () => await BuildAsync(moved, false) == "two");
            WorkflowHandle<PinnedWorkflow> later = await client.StartWorkflowAsync(
                (PinnedWorkflow w) => w.RunAsync(), new($"{Id}/later", Id));
            Assert.Equal("two", await BuildAsync(later, true));

            Assert.Equal((VersioningBehavior.Pinned, "one"), await VersionAsync(client, $"{Id}/pinned"));
            Assert.Equal((VersioningBehavior.AutoUpgrade, "two"), await VersionAsync(client, $"{Id}/moved"));
            await UntilAsync(async () => await StatusAsync(client, "one") == WorkerDeploymentVersionStatus.Draining);
            Assert.Equal(WorkerDeploymentVersionStatus.Current, await StatusAsync(client, "two"));
            await BuildAsync(moved, true);
            await BuildAsync(pinned, true);
            await moved.GetResultAsync().WaitAsync(Limit);
            await pinned.GetResultAsync().WaitAsync(Limit);
        });
    }

    protected async Task PinnedRunWhosePinIsSetOverGoesOnThereAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await WithWorkersAsync(client, async () =>
        {
            await MakeCurrentAsync(client, "one");
            WorkflowHandle<PinnedWorkflow> pinned = await client.StartWorkflowAsync(
                (PinnedWorkflow w) => w.RunAsync(), new($"{Id}/pinned", Id));
            Assert.Equal("one", await BuildAsync(pinned, false));
            await client.WorkflowService.UpdateWorkflowExecutionOptionsAsync(new()
            {
                Namespace = client.Options.Namespace,
                WorkflowExecution = new() { WorkflowId = pinned.Id },
                UpdateMask = new() { Paths = { "versioning_override" } },
                WorkflowExecutionOptions = new()
                {
                    VersioningOverride = new()
                    {
                        Pinned = new()
                        {
                            Behavior = Temporalio.Api.Workflow.V1.VersioningOverride.Types.PinnedOverrideBehavior.Pinned,
                            Version = new() { DeploymentName = Id, BuildId = "two" },
                        },
                    },
                },
            });
            await UntilAsync(async () => await BuildAsync(pinned, false) == "two");
            await BuildAsync(pinned, true);
            await pinned.GetResultAsync().WaitAsync(Limit);
        });
    }

    protected async Task ShareOfRunsSentToABuildIsAllOrNoneAtTheEndsAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await WithWorkersAsync(client, async () =>
        {
            await MakeCurrentAsync(client, "one");
            foreach ((float percentage, string build) in new[] { (100f, "two"), (0f, "one") })
            {
                await client.WorkflowService.SetWorkerDeploymentRampingVersionAsync(new()
                {
                    Namespace = client.Options.Namespace, DeploymentName = Id, BuildId = "two", Percentage = percentage,
                });
                await UntilAsync(async () =>
                {
                    WorkflowHandle<PinnedWorkflow> run = await client.StartWorkflowAsync(
                        (PinnedWorkflow w) => w.RunAsync(), new($"{Id}/{Guid.NewGuid():N}", Id));
                    return await BuildAsync(run, true) == build;
                });
            }
        });
    }

    // What no worker of the right build takes is not to hold up the suite.
    private static async Task<string> BuildAsync(WorkflowHandle run, bool ends)
    {
        using CancellationTokenSource late = new(Limit);
        return await run.ExecuteUpdateAsync<string>(
            nameof(PinnedWorkflow.BuildAsync)[..^"Async".Length], [ends], new() { Rpc = new() { CancellationToken = late.Token } });
    }

    // A deployment is known once its workers have polled.
    private Task MakeCurrentAsync(ITemporalClient client, string build) => UntilAsync(async () =>
    {
        try
        {
            await client.WorkflowService.SetWorkerDeploymentCurrentVersionAsync(
                new() { Namespace = client.Options.Namespace, DeploymentName = Id, BuildId = build });
            return true;
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.FailedPrecondition
            or RpcException.StatusCode.ResourceExhausted)
        {
            return false;
        }
    });

    private async Task<WorkerDeploymentVersionStatus> StatusAsync(ITemporalClient client, string build) =>
        (await client.WorkflowService.DescribeWorkerDeploymentAsync(
            new() { Namespace = client.Options.Namespace, DeploymentName = Id })).WorkerDeploymentInfo.VersionSummaries
        .First(version => version.DeploymentVersion.BuildId == build).Status;

    private static async Task<(VersioningBehavior Behavior, string Build)> VersionAsync(ITemporalClient client, string workflowId)
    {
        DescribeWorkflowExecutionResponse described = await client.WorkflowService.DescribeWorkflowExecutionAsync(
            new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = workflowId } });
        return (described.WorkflowExecutionInfo.VersioningInfo.Behavior,
            described.WorkflowExecutionInfo.VersioningInfo.DeploymentVersion.BuildId);
    }

    private async Task WithWorkersAsync(ITemporalClient client, Func<Task> test)
    {
        using TemporalWorker one = Worker(client, "one");
        using TemporalWorker two = Worker(client, "two");
        await one.ExecuteAsync(() => two.ExecuteAsync(test));
    }

    private TemporalWorker Worker(ITemporalClient client, string build) => new(client, new TemporalWorkerOptions(Id)
    {
        DeploymentOptions = new(new(Id, build), useWorkerVersioning: true),
    }.AddWorkflow<PinnedWorkflow>().AddWorkflow<MovedWorkflow>());
}

/// <summary>Deployments on the server in the box.</summary>
public sealed class BoxDeploymentTests(BoxServer server) : DeploymentContract(server.ConnectAsync), IClassFixture<BoxServer>
{
    [Fact]
    public Task NewBuild_MadeCurrent_TakesNewAndMovedRunsAndLeavesPinnedOnes() =>
        NewBuildMadeCurrentTakesNewAndMovedRunsAndLeavesPinnedOnesAsync();

    [Fact]
    public Task PinnedRun_WhosePinIsSetOver_GoesOnThere() => PinnedRunWhosePinIsSetOverGoesOnThereAsync();

    [Fact]
    public Task Share_OfRunsSentToABuild_IsAllOrNoneAtTheEnds() => ShareOfRunsSentToABuildIsAllOrNoneAtTheEndsAsync();
}

/// <summary>Deployments on a real server.</summary>
[Trait("Category", "Lab")]
[Collection(RealServerCollection.Name)]
public sealed class RealDeploymentTests(RealServer server) : DeploymentContract(server.ConnectAsync)
{
    [LabFact]
    public Task NewBuild_MadeCurrent_TakesNewAndMovedRunsAndLeavesPinnedOnes() =>
        NewBuildMadeCurrentTakesNewAndMovedRunsAndLeavesPinnedOnesAsync();

    [LabFact]
    public Task PinnedRun_WhosePinIsSetOver_GoesOnThere() => PinnedRunWhosePinIsSetOverGoesOnThereAsync();

    [LabFact]
    public Task Share_OfRunsSentToABuild_IsAllOrNoneAtTheEnds() => ShareOfRunsSentToABuildIsAllOrNoneAtTheEndsAsync();
}
