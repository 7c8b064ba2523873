using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Deployments;

/// <summary>Deployments and their builds as describe and list show them.</summary>
internal static class DeploymentDescription
{
    /// <summary>A deployment with all its builds, the newest first.</summary>
    public static WorkerDeploymentInfo Of(TemporalNamespace space, WorkerDeployment deployment)
    {
        WorkerDeploymentInfo info = new()
        {
            Name = deployment.Name,
            CreateTime = Timestamp.FromDateTimeOffset(deployment.Created),
            RoutingConfig = deployment.Routing(),
            LastModifierIdentity = deployment.LastModifier,
            ManagerIdentity = deployment.Manager,
        };
        info.VersionSummaries.AddRange(deployment.Builds.Values.OrderByDescending(known => known.Created).Select(known =>
            new WorkerDeploymentInfo.Types.WorkerDeploymentVersionSummary
            {
                DeploymentVersion = known.Build.Message,
                Version = known.Build.DottedText,
                Status = Status(space, deployment, known),
                CreateTime = Timestamp.FromDateTimeOffset(known.Created),
                DrainageInfo = Drainage(space, deployment, known),
                CurrentSinceTime = WorkerDeployment.Time(known.CurrentSince),
                RampingSinceTime = WorkerDeployment.Time(known.RampingSince),
                RoutingUpdateTime = WorkerDeployment.Time(known.RoutingChanged),
                FirstActivationTime = WorkerDeployment.Time(known.FirstActivated),
                LastDeactivationTime = WorkerDeployment.Time(known.LastDeactivated),
            }));
        return info;
    }

    /// <summary>A deployment as a list shows it.</summary>
    public static ListWorkerDeploymentsResponse.Types.WorkerDeploymentSummary Summary(TemporalNamespace space, WorkerDeployment deployment)
    {
        WorkerDeploymentInfo info = Of(space, deployment);
        return new()
        {
            Name = info.Name,
            CreateTime = info.CreateTime,
            RoutingConfig = info.RoutingConfig,
            LatestVersionSummary = info.VersionSummaries.FirstOrDefault(),
            CurrentVersionSummary = info.VersionSummaries.FirstOrDefault(one => one.Status == WorkerDeploymentVersionStatus.Current),
            RampingVersionSummary = info.VersionSummaries.FirstOrDefault(one => one.Status == WorkerDeploymentVersionStatus.Ramping),
        };
    }

    /// <summary>One build.</summary>
    public static WorkerDeploymentVersionInfo Of(TemporalNamespace space, WorkerDeployment deployment, KnownBuild known)
    {
        WorkerDeploymentVersionInfo info = new()
        {
            DeploymentVersion = known.Build.Message,
            DeploymentName = deployment.Name,
            Version = known.Build.DottedText,
            Status = Status(space, deployment, known),
            CreateTime = Timestamp.FromDateTimeOffset(known.Created),
            RoutingChangedTime = WorkerDeployment.Time(known.RoutingChanged),
            CurrentSinceTime = WorkerDeployment.Time(known.CurrentSince),
            RampingSinceTime = WorkerDeployment.Time(known.RampingSince),
            RampPercentage = deployment.IsRamping && deployment.Ramping == known.Build ? deployment.RampPercentage : 0,
            DrainageInfo = Drainage(space, deployment, known),
            Metadata = known.Metadata,
            FirstActivationTime = WorkerDeployment.Time(known.FirstActivated),
            LastDeactivationTime = WorkerDeployment.Time(known.LastDeactivated),
            LastModifierIdentity = known.LastModifier,
        };
        info.TaskQueueInfos.AddRange(known.Queues.Order().Select(queue =>
            new WorkerDeploymentVersionInfo.Types.VersionTaskQueueInfo { Name = queue.Queue, Type = queue.Type }));
        return info;
    }

    /// <summary>What a build is in its deployment; one that was in use is drained once no open run is pinned to it.</summary>
    public static WorkerDeploymentVersionStatus Status(TemporalNamespace space, WorkerDeployment deployment, KnownBuild known) =>
        deployment.Current == known.Build ? WorkerDeploymentVersionStatus.Current
        : deployment.IsRamping && deployment.Ramping == known.Build ? WorkerDeploymentVersionStatus.Ramping
        : known.FirstActivated is null ? WorkerDeploymentVersionStatus.Inactive
        : space.OpenRuns.Any(run => run.Versioning.Effective == VersioningBehavior.Pinned
            && (run.Versioning.Pin ?? run.Versioning.Build) == known.Build) ? WorkerDeploymentVersionStatus.Draining
        : WorkerDeploymentVersionStatus.Drained;

    private static VersionDrainageInfo? Drainage(TemporalNamespace space, WorkerDeployment deployment, KnownBuild known) =>
        Status(space, deployment, known) switch
        {
            WorkerDeploymentVersionStatus.Draining => Drainage(space, known, VersionDrainageStatus.Draining),
            WorkerDeploymentVersionStatus.Drained => Drainage(space, known, VersionDrainageStatus.Drained),
            _ => null,
        };

    private static VersionDrainageInfo Drainage(TemporalNamespace space, KnownBuild known, VersionDrainageStatus status) => new()
    {
        Status = status,
        LastChangedTime = WorkerDeployment.Time(known.LastDeactivated),
        LastCheckedTime = Timestamp.FromDateTimeOffset(space.State.Time.Now),
    };
}
