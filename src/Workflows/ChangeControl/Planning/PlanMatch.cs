using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>How a plan that was made again compares with the approved one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanMatch>))]
public enum PlanMatch
{
    /// <summary>The same, and every fact with a range is in it.</summary>
    Same,

    /// <summary>Some of its changes are not needed any more, and the rest is the same: allowed in T1 and T2.</summary>
    Narrower,

    /// <summary>Another plan: the approval is void.</summary>
    Changed,
}
