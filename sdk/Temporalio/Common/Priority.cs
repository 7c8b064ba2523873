namespace Temporalio.Common;

/// <summary>The order in which tasks leave a backlogged task queue. What is null is inherited from the calling workflow.</summary>
public sealed record Priority
{
    /// <summary>Initializes an instance.</summary>
    /// <param name="priorityKey">1 (first) to 5 (last); null inherits, at the top 3.</param>
    /// <param name="fairnessKey">Tasks of each key get their share of dispatches; at most 64 bytes.</param>
    /// <param name="fairnessWeight">The size of that share, 0.001 to 1000; null means 1.</param>
    public Priority(int? priorityKey = null, string? fairnessKey = null, float? fairnessWeight = null)
    {
        PriorityKey = priorityKey;
        FairnessKey = fairnessKey;
        FairnessWeight = fairnessWeight;
    }

    /// <summary>Everything inherited.</summary>
    public static Priority Default { get; } = new();

    /// <summary>1 (first) to 5 (last); null inherits, at the top 3.</summary>
    public int? PriorityKey { get; init; }

    /// <summary>Tasks of each key get their share of dispatches.</summary>
    public string? FairnessKey { get; init; }

    /// <summary>The size of that share; null means 1.</summary>
    public float? FairnessWeight { get; init; }

    /// <summary>Reads the priority that the server sent.</summary>
    internal static Priority FromProto(Api.Common.V1.Priority? proto) => proto is null
        ? Default
        : new(
            proto.PriorityKey == 0 ? null : proto.PriorityKey,
            proto.FairnessKey.Length == 0 ? null : proto.FairnessKey,
            proto.FairnessWeight == 0 ? null : proto.FairnessWeight);

    /// <summary>The priority as it is sent to the server.</summary>
    internal Api.Common.V1.Priority ToProto() => new()
    {
        PriorityKey = PriorityKey ?? 0,
        FairnessKey = FairnessKey ?? string.Empty,
        FairnessWeight = FairnessWeight ?? 0,
    };
}
