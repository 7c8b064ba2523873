using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Deployments;

/// <summary>A build that a deployment knows, and which queues its workers poll.</summary>
internal sealed class KnownBuild(WorkerBuild build, DateTimeOffset created)
{
    public WorkerBuild Build { get; } = build;

    public DateTimeOffset Created { get; } = created;

    /// <summary>When runs were last sent to it, or no longer; null where never.</summary>
    public DateTimeOffset? RoutingChanged { get; set; }

    public DateTimeOffset? CurrentSince { get; set; }

    public DateTimeOffset? RampingSince { get; set; }

    public DateTimeOffset? FirstActivated { get; set; }

    public DateTimeOffset? LastDeactivated { get; set; }

    public string LastModifier { get; set; } = "";

    public VersionMetadata Metadata { get; } = new();

    /// <summary>The queues that its workers have polled.</summary>
    public HashSet<(string Queue, TaskQueueType Type)> Queues { get; } = [];
}

/// <summary>
/// A worker deployment: the builds of one worker program, and where runs go that are bound to none of them. All of it under the server's
/// lock.
/// </summary>
internal sealed class WorkerDeployment(string name, DateTimeOffset created)
{
    /// <summary>How the API names the workers that have no version.</summary>
    public const string Unversioned = "__unversioned__";

    private long _revision;

    public string Name { get; } = name;

    public DateTimeOffset Created { get; } = created;

    public string LastModifier { get; set; } = "";

    public string Manager { get; set; } = "";

    /// <summary>The builds by id.</summary>
    public SortedDictionary<string, KnownBuild> Builds { get; } = new(StringComparer.Ordinal);

    /// <summary>The build that new runs go to; null for the workers without a version.</summary>
    public WorkerBuild? Current { get; private set; }

    public DateTimeOffset? CurrentChanged { get; private set; }

    /// <summary>The build that a share of the runs goes to; null for the workers without a version.</summary>
    public WorkerBuild? Ramping { get; private set; }

    /// <summary>That share, from 0 to 100.</summary>
    public float RampPercentage { get; private set; }

    /// <summary>Whether a ramp is set, which may be to the workers without a version.</summary>
    public bool IsRamping { get; private set; }

    public DateTimeOffset? RampingChanged { get; private set; }

    /// <summary>What a change has to carry to be one of this state.</summary>
    public ByteString ConflictToken => ByteString.CopyFrom(BitConverter.GetBytes(_revision));

    /// <summary>Whether its current or ramping build polls a queue.</summary>
    public bool Serves(string queue, TaskQueueType type) =>
        Polls(Current, queue, type) || (IsRamping && Polls(Ramping, queue, type));

    /// <summary>Whether a build polls a queue.</summary>
    public bool Polls(WorkerBuild? build, string queue, TaskQueueType type) =>
        build is not null && Builds.TryGetValue(build.BuildId, out KnownBuild? known) && known.Queues.Contains((queue, type));

    /// <summary>Makes a build the current one; a ramp to it ends.</summary>
    public void SetCurrent(WorkerBuild? build, DateTimeOffset now, string identity)
    {
        Change(Current, build, now, identity, (known, since) => known.CurrentSince = since);
        Current = build;
        CurrentChanged = now;
        if (IsRamping && Ramping == build)
        {
            SetRamping(null, isRamping: false, 0, now, identity);
        }
    }

    /// <summary>Sends a share of the runs to a build, or ends that.</summary>
    public void SetRamping(WorkerBuild? build, bool isRamping, float percentage, DateTimeOffset now, string identity)
    {
        Change(Ramping, build, now, identity, (known, since) => known.RampingSince = since);
        Ramping = build;
        IsRamping = isRamping;
        RampPercentage = isRamping ? percentage : 0;
        RampingChanged = now;
    }

    /// <summary>Takes note of another change.</summary>
    public void Changed(string identity)
    {
        _revision++;
        LastModifier = identity.Length > 0 ? identity : LastModifier;
    }

    /// <summary>Where runs go, as the API tells it.</summary>
    public RoutingConfig Routing() => new()
    {
        CurrentDeploymentVersion = Current?.Message,
        CurrentVersion = Current?.DottedText ?? Unversioned,
        CurrentVersionChangedTime = Time(CurrentChanged),
        RampingDeploymentVersion = Ramping?.Message,
        RampingVersion = Ramping?.DottedText ?? (IsRamping ? Unversioned : ""),
        RampingVersionPercentage = RampPercentage,
        RampingVersionChangedTime = Time(RampingChanged),
        RampingVersionPercentageChangedTime = Time(RampingChanged),
        RevisionNumber = _revision,
    };

    /// <summary>A time as the API has it; null for none.</summary>
    public static Timestamp? Time(DateTimeOffset? at) => at is { } time ? Timestamp.FromDateTimeOffset(time) : null;

    private void Change(WorkerBuild? from, WorkerBuild? to, DateTimeOffset now, string identity, Action<KnownBuild, DateTimeOffset?> set)
    {
        if (from is not null && from != to && Builds.TryGetValue(from.BuildId, out KnownBuild? left))
        {
            set(left, null);
            left.RoutingChanged = now;
            left.LastDeactivated = now;
        }

        if (to is not null && Builds.TryGetValue(to.BuildId, out KnownBuild? taken))
        {
            set(taken, now);
            taken.RoutingChanged = now;
            taken.FirstActivated ??= now;
            taken.LastModifier = identity;
        }

        Changed(identity);
    }
}
