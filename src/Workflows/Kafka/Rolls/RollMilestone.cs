using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>What can happen in a roll.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RollMilestone>))]
public enum RollMilestone
{
    /// <summary>The operator has seen the trigger and made a new revision.</summary>
    PickedUp,

    /// <summary>A pod was replaced.</summary>
    PodReplaced,

    /// <summary>A replaced pod is Ready.</summary>
    PodReady,

    /// <summary>The cluster is healthy again after a pod was replaced.</summary>
    InSync,

    /// <summary>All pods are replaced and Ready, the resource is ready, and the cluster stays steady.</summary>
    Done,

    /// <summary>No progress for too long.</summary>
    Stalled,

    /// <summary>The cluster is in danger.</summary>
    Breached,

    /// <summary>A critical alert began.</summary>
    Alerted,

    /// <summary>The operator did not begin in time.</summary>
    OperatorIdle,

    /// <summary>A limit of one pod is used up: its time, or the number of its replacements.</summary>
    CapReached,

    /// <summary>
    /// Somebody took the trigger back: the resource has the revision from before the roll again, and its pods go back to that.
    /// </summary>
    TakenBack,

    /// <summary>Somebody changed the resource during its roll: pods are restarted again.</summary>
    Changed,

    /// <summary>The cluster could not be read for too long; the watch continues.</summary>
    Unread,

    /// <summary>The cluster can be read again, after <see cref="Unread"/>.</summary>
    ReadAgain,

    /// <summary>The supervision was cancelled.</summary>
    Cancelled,
}
