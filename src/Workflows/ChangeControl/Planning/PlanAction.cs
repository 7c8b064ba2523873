using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>What an item of a plan does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanAction>))]
public enum PlanAction
{
    /// <summary>Creates an object.</summary>
    Create,

    /// <summary>Changes fields of an object.</summary>
    Update,

    /// <summary>Deletes an object.</summary>
    Delete,

    /// <summary>Asks that a pod goes, as far as the disruption budgets allow.</summary>
    Evict,

    /// <summary>Runs something outside Kubernetes, or lets an operator act.</summary>
    Run,

    /// <summary>Waits for something outside the run.</summary>
    Wait,

    /// <summary>Makes the way back impossible.</summary>
    Commit,
}
