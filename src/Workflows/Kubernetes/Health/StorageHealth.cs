using Orchestrator.Workflows.Assessments;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>A claim of a volume.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="Phase"><c>Bound</c>, <c>Pending</c> or <c>Lost</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="StorageClass">Its storage class.</param>
/// <param name="IsOfKafka">Whether a broker or a controller of Confluent's operator has its data there.</param>
public sealed record ClaimSeen(string Name, string Phase, DateTimeOffset CreatedAt, string? StorageClass, bool IsOfKafka);

/// <summary>A volume.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Phase"><c>Available</c>, <c>Bound</c>, <c>Released</c>, <c>Failed</c> or <c>Pending</c>.</param>
/// <param name="Message">Why, where it failed.</param>
/// <param name="ReclaimPolicy"><c>Delete</c>, <c>Retain</c> or <c>Recycle</c>.</param>
/// <param name="Claim">The claim that it is, or was, bound to: namespace and name.</param>
public sealed record VolumeSeen(string Name, string Phase, string? Message, string? ReclaimPolicy, string? Claim);

/// <summary>What is wrong with volumes. Pure.</summary>
public static class StorageHealth
{
    /// <summary>The findings of a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="scope">What counts as wrong.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Finding> Check(ClaimSeen claim, HealthScope scope, DateTimeOffset now)
    {
        string what = $"pvc {claim.Name}";
        if (claim.Phase == "Lost")
        {
            yield return new(HealthCodes.ClaimUnbound, FindingSeverity.Critical, what, $"Claim {claim.Name} has lost its volume.");
        }
        else if (claim.Phase == "Pending" && now - claim.CreatedAt > scope.PendingAfter)
        {
            yield return new(HealthCodes.ClaimUnbound, FindingSeverity.Warning, what,
                $"Claim {claim.Name} of storage class {claim.StorageClass ?? "(none)"} is Pending since {claim.CreatedAt:u}.");
        }

        if (claim.StorageClass == "dummy")
        {
            yield return new(
                HealthCodes.ClaimClassDummy, FindingSeverity.Warning, what, $"Claim {claim.Name} has the storage class dummy.");
        }
    }

    /// <summary>The findings of a volume. Available and Released ones are as they should be.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="isOfKafka">Whether its claim is one of Kafka.</param>
    public static IEnumerable<Finding> Check(VolumeSeen volume, bool isOfKafka)
    {
        string what = $"pv {volume.Name}";
        if (volume.Phase == "Failed")
        {
            string why = string.IsNullOrEmpty(volume.Message) ? "" : $": {volume.Message.TrimEnd('.')}";
            yield return new(HealthCodes.VolumeFailed, FindingSeverity.Critical, what,
                $"Volume {volume.Name} of claim {volume.Claim ?? "(none)"} has failed{why}.");
        }
        else if (volume.Phase == "Released")
        {
            yield return new(HealthCodes.VolumeReleased, FindingSeverity.Info, what,
                $"Volume {volume.Name} is Released; its claim {volume.Claim ?? "(none)"} is gone.");
        }

        if (isOfKafka && volume.ReclaimPolicy == "Delete")
        {
            yield return new(HealthCodes.VolumeOfKafkaDeletes, FindingSeverity.Warning, what,
                $"Volume {volume.Name} of Kafka's claim {volume.Claim} has the reclaim policy Delete.");
        }
    }

    /// <summary>The finding of a node that has volumes and no driver.</summary>
    /// <param name="node">The node.</param>
    /// <param name="driver">The driver that its volumes need.</param>
    /// <param name="volumes">How many volumes.</param>
    public static Finding WithoutDriver(string node, string driver, int volumes) => new(
        HealthCodes.CsiNodeMissing,
        FindingSeverity.Critical,
        $"node {node}",
        $"Node {node} has {volumes} volumes of the CSI driver {driver}, which is not registered there.");
}
