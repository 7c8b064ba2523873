namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>Names of the restart that live in histories, plans, status and documentation; none is ever renamed.</summary>
public static class RestartNames
{
    /// <summary>The step that waits until the cluster can lose the pod, and then removes it.</summary>
    public const string RemoveStep = "remove-pod";

    /// <summary>The step that watches the pod come back.</summary>
    public const string SuperviseStep = "supervise-restart";
}
