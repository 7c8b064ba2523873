using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>The codes of a restart.</summary>
/// <remarks>They are printed, searched for and documented; none is ever renamed.</remarks>
public static class RestartKafkaBrokerCodes
{
    /// <summary>A pod is to be repaired that is Ready.</summary>
    [Reason("The pod that is to be repaired is Ready.", "Restart it without `repair`.")]
    public const string RepairNotNeeded = "REPAIR_NOT_NEEDED";

    /// <summary>A pod crashes at the revision that it would get again: a restart does not help.</summary>
    [Reason(
        "The pod crashes at the revision that it would get again.",
        "Read its log and fix the cause. To restart it anyway: `repair` and tier T3.")]
    public const string SameRevisionCrash = "SAME_REVISION_CRASH";
}
