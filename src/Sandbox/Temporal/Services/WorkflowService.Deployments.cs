using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Deployments;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Worker deployments: which build of a worker runs go to.</content>
internal sealed partial class WorkflowService
{
    public Task<DescribeWorkerDeploymentResponse> DescribeWorkerDeployment(DescribeWorkerDeploymentRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            WorkerDeployment deployment = DeploymentOf(space, request.DeploymentName);
            return new DescribeWorkerDeploymentResponse
            {
                ConflictToken = deployment.ConflictToken, WorkerDeploymentInfo = DeploymentDescription.Of(space, deployment),
            };
        }));

    public Task<ListWorkerDeploymentsResponse> ListWorkerDeployments(ListWorkerDeploymentsRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            ListWorkerDeploymentsResponse response = new();
            response.WorkerDeployments.AddRange(space.Deployments.All.Values.Select(one => DeploymentDescription.Summary(space, one)));
            return response;
        }));

    public Task<DescribeWorkerDeploymentVersionResponse> DescribeWorkerDeploymentVersion(DescribeWorkerDeploymentVersionRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            (WorkerDeployment deployment, KnownBuild known) = Named(space, request.DeploymentVersion, request.Version);
            DescribeWorkerDeploymentVersionResponse response = new()
            {
                WorkerDeploymentVersionInfo = DeploymentDescription.Of(space, deployment, known),
            };
            response.VersionTaskQueues.AddRange(response.WorkerDeploymentVersionInfo.TaskQueueInfos.Select(queue =>
                new DescribeWorkerDeploymentVersionResponse.Types.VersionTaskQueue { Name = queue.Name, Type = queue.Type }));
            return response;
        }));

    public Task<SetWorkerDeploymentCurrentVersionResponse> SetWorkerDeploymentCurrentVersion(
        SetWorkerDeploymentCurrentVersionRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            WorkerDeployment deployment = DeploymentOf(space, request.DeploymentName, request.ConflictToken);
            WorkerBuild? build = Wanted(deployment, request.BuildId, request.Version, request.AllowNoPollers);
            SetWorkerDeploymentCurrentVersionResponse response = new()
            {
                PreviousDeploymentVersion = deployment.Current?.Message,
                PreviousVersion = deployment.Current?.DottedText ?? WorkerDeployment.Unversioned,
            };
            RequireQueues(deployment, build, request.IgnoreMissingTaskQueues);
            deployment.SetCurrent(build, state.Time.Now, request.Identity);
            space.Queues.Match();
            response.ConflictToken = deployment.ConflictToken;
            return response;
        }));

    public Task<SetWorkerDeploymentRampingVersionResponse> SetWorkerDeploymentRampingVersion(
        SetWorkerDeploymentRampingVersionRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            if (request.Percentage is < 0 or > 100)
            {
                throw RpcErrors.InvalidArgument("Percentage must be between 0 and 100 (inclusive)");
            }

            TemporalNamespace space = Space(request.Namespace);
            WorkerDeployment deployment = DeploymentOf(space, request.DeploymentName, request.ConflictToken);
            WorkerBuild? build = Wanted(deployment, request.BuildId, request.Version, request.AllowNoPollers);
            if (build is not null && build == deployment.Current)
            {
                throw RpcErrors.FailedPrecondition($"Ramping version {build.DottedText} is already current");
            }

            SetWorkerDeploymentRampingVersionResponse response = new()
            {
                PreviousDeploymentVersion = deployment.Ramping?.Message,
                PreviousVersion = deployment.Ramping?.DottedText ?? "",
                PreviousPercentage = deployment.RampPercentage,
            };
            RequireQueues(deployment, build, request.IgnoreMissingTaskQueues);
            bool isRamping = build is not null || request.Percentage > 0;
            deployment.SetRamping(build, isRamping, request.Percentage, state.Time.Now, request.Identity);
            space.Queues.Match();
            response.ConflictToken = deployment.ConflictToken;
            return response;
        }));

    public Task<DeleteWorkerDeploymentVersionResponse> DeleteWorkerDeploymentVersion(DeleteWorkerDeploymentVersionRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            (WorkerDeployment deployment, KnownBuild known) = Named(space, request.DeploymentVersion, request.Version);
            WorkerDeploymentVersionStatus status = DeploymentDescription.Status(space, deployment, known);
            if (status is WorkerDeploymentVersionStatus.Current or WorkerDeploymentVersionStatus.Ramping
                || (status == WorkerDeploymentVersionStatus.Draining && !request.SkipDrainage))
            {
                throw RpcErrors.FailedPrecondition($"version cannot be deleted since it is {status}");
            }

            deployment.Builds.Remove(known.Build.BuildId);
            deployment.Changed(request.Identity);
            return new DeleteWorkerDeploymentVersionResponse();
        }));

    public Task<DeleteWorkerDeploymentResponse> DeleteWorkerDeployment(DeleteWorkerDeploymentRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            if (DeploymentOf(space, request.DeploymentName).Builds.Count > 0)
            {
                throw RpcErrors.FailedPrecondition("cannot delete worker deployment since it has versions");
            }

            space.Deployments.All.Remove(request.DeploymentName);
            return new DeleteWorkerDeploymentResponse();
        }));

    public Task<UpdateWorkerDeploymentVersionMetadataResponse> UpdateWorkerDeploymentVersionMetadata(
        UpdateWorkerDeploymentVersionMetadataRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            KnownBuild known = Named(space, request.DeploymentVersion, request.Version).Build;
            foreach ((string name, Temporalio.Api.Common.V1.Payload value) in request.UpsertEntries)
            {
                known.Metadata.Entries[name] = value;
            }

            foreach (string name in request.RemoveEntries)
            {
                known.Metadata.Entries.Remove(name);
            }

            return new UpdateWorkerDeploymentVersionMetadataResponse { Metadata = known.Metadata };
        }));

    public Task<UpdateWorkflowExecutionOptionsResponse> UpdateWorkflowExecutionOptions(UpdateWorkflowExecutionOptionsRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            if (request.UpdateMask?.Paths.Any(path => !path.StartsWith("versioning_override", StringComparison.Ordinal)) != false)
            {
                throw RpcErrors.InvalidArgument("error applying mask: only versioning_override can be updated");
            }

            TemporalNamespace space = Space(request.Namespace);
            WorkflowRun run = space.GetOpen(request.WorkflowExecution);
            VersioningOverride? wanted = request.WorkflowExecutionOptions?.VersioningOverride;
            if (!Equals(run.Versioning.Override, wanted))
            {
                run.Versioning.Override = wanted;
                HistoryEvent made = run.History.Make(EventType.WorkflowExecutionOptionsUpdated);
                made.WorkerMayIgnore = true;
                made.WorkflowExecutionOptionsUpdatedEventAttributes = new()
                {
                    VersioningOverride = wanted, UnsetVersioningOverride = wanted is null, Identity = request.Identity,
                };
                run.Put(made);
                space.Queues.Match();
            }

            return new UpdateWorkflowExecutionOptionsResponse { WorkflowExecutionOptions = new() { VersioningOverride = wanted } };
        }));

    private static WorkerDeployment DeploymentOf(TemporalNamespace space, string name, Google.Protobuf.ByteString? conflictToken = null)
    {
        WorkerDeployment deployment = space.Deployments.All.GetValueOrDefault(name)
            ?? throw RpcErrors.NotFound($"no Worker Deployment found with name '{name}'; does your Worker Deployment have pollers?");
        return conflictToken is null or { IsEmpty: true } || conflictToken == deployment.ConflictToken ? deployment
            : throw RpcErrors.FailedPrecondition("conflict token mismatch");
    }

    private static (WorkerDeployment Deployment, KnownBuild Build) Named(
        TemporalNamespace space, WorkerDeploymentVersion? version, string text)
    {
        WorkerBuild build = WorkerBuild.Of(version) ?? WorkerBuild.Parse(text)
            ?? throw RpcErrors.InvalidArgument("deployment version is not set on request.");
        WorkerDeployment deployment = DeploymentOf(space, build.Deployment);
        return (deployment, BuildOf(deployment, build.BuildId));
    }

    private static KnownBuild BuildOf(WorkerDeployment deployment, string buildId) => deployment.Builds.GetValueOrDefault(buildId)
        ?? throw RpcErrors.NotFound($"build ID '{buildId}' not found in Worker Deployment '{deployment.Name}'");

    private static WorkerBuild? Wanted(WorkerDeployment deployment, string buildId, string version, bool allowsNoPollers)
    {
        WorkerBuild? build = buildId.Length > 0 ? new(deployment.Name, buildId) : WorkerBuild.Parse(version);
        if (build is not null && !allowsNoPollers)
        {
            BuildOf(deployment, build.BuildId);
        }

        return build;
    }

    // Runs of a queue that the new build's workers do not poll would wait for ever.
    private static void RequireQueues(WorkerDeployment deployment, WorkerBuild? build, bool ignores)
    {
        if (!ignores && build is not null && deployment.Current is { } current && current != build
            && deployment.Builds.GetValueOrDefault(current.BuildId)?.Queues
                .Except(deployment.Builds.GetValueOrDefault(build.BuildId)?.Queues ?? []).Any() == true)
        {
            throw RpcErrors.FailedPrecondition(
                $"New version '{build.DottedText}' missing task queues that are present in current version '{current.DottedText}'");
        }
    }
}
